using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cordon.Casework.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class WarnedLosses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "LossReports",
                table: "Warnings");

            migrationBuilder.AddColumn<string>(
                name: "Losses",
                table: "Warnings",
                type: "text",
                nullable: false,
                defaultValueSql: "'[]'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Losses",
                table: "Warnings");

            migrationBuilder.AddColumn<string>(
                name: "LossReports",
                table: "Warnings",
                type: "text",
                nullable: false,
                defaultValue: "");
        }
    }
}
