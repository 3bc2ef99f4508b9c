using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cordon.Casework.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class WarningLosses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "LastLossAt",
                table: "Warnings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Warnings_LastLossAt",
                table: "Warnings",
                column: "LastLossAt");

            migrationBuilder.CreateIndex(
                name: "IX_Warnings_ProposedAt_Group",
                table: "Warnings",
                columns: new[] { "ProposedAt", "Group" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Warnings_LastLossAt",
                table: "Warnings");

            migrationBuilder.DropIndex(
                name: "IX_Warnings_ProposedAt_Group",
                table: "Warnings");

            migrationBuilder.DropColumn(
                name: "LastLossAt",
                table: "Warnings");
        }
    }
}
