using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cordon.Casework.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class PeriodFigures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Missed",
                table: "Rectifications",
                type: "text",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<int>(
                name: "Objectives",
                table: "ObjectivePlans",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "ContestUntil",
                table: "Evaluations",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Latest",
                table: "Evaluations",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "IX_Orders_IssuedAt",
                table: "Orders",
                column: "IssuedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Orders_IssuedAt",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "Missed",
                table: "Rectifications");

            migrationBuilder.DropColumn(
                name: "Objectives",
                table: "ObjectivePlans");

            migrationBuilder.DropColumn(
                name: "ContestUntil",
                table: "Evaluations");

            migrationBuilder.DropColumn(
                name: "Latest",
                table: "Evaluations");
        }
    }
}
