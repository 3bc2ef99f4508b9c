using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cordon.Casework.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class WarnedLosses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // As SQLite itself does it: EF would copy the table, outside the transaction.
            migrationBuilder.Sql("ALTER TABLE \"Warnings\" DROP COLUMN \"LossReports\"");

            migrationBuilder.AddColumn<string>(
                name: "Losses",
                table: "Warnings",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("ALTER TABLE \"Warnings\" DROP COLUMN \"Losses\"");

            migrationBuilder.AddColumn<string>(
                name: "LossReports",
                table: "Warnings",
                type: "TEXT",
                nullable: false,
                defaultValue: "");
        }
    }
}
