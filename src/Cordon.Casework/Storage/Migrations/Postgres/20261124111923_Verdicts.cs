using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cordon.Casework.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Verdicts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Explanation",
                table: "Alerts",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "HoldUntil",
                table: "Alerts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "MemberExplanation",
                table: "Alerts",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "SignalId",
                table: "Alerts",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "AlertMarks",
                columns: table => new
                {
                    Text = table.Column<string>(type: "character varying(260)", maxLength: 260, nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AlertMarks", x => new { x.Text, x.Sequence });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_Member_Sequence",
                table: "Alerts",
                columns: new[] { "Member", "Sequence" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AlertMarks");

            migrationBuilder.DropIndex(
                name: "IX_Alerts_Member_Sequence",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "Explanation",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "HoldUntil",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "MemberExplanation",
                table: "Alerts");

            migrationBuilder.DropColumn(
                name: "SignalId",
                table: "Alerts");
        }
    }
}
