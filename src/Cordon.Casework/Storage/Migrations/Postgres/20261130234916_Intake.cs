using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cordon.Casework.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Intake : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Channel",
                table: "Reports",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "Api");

            migrationBuilder.AddColumn<string>(
                name: "Duplicates",
                table: "Reports",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "How",
                table: "Reports",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsVerified",
                table: "Reports",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<int>(
                name: "MatchedLosses",
                table: "Reports",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Origin",
                table: "Reports",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ReceivedAt",
                table: "Reports",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "SecretHash",
                table: "Reports",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "State",
                table: "Reports",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "Verified");

            migrationBuilder.AddColumn<string>(
                name: "Told",
                table: "Reports",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "TypeBy",
                table: "Reports",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TypeTold",
                table: "Reports",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Unfounded",
                table: "Reports",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "VerifiedAt",
                table: "Reports",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "VerifiedBy",
                table: "Reports",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Vouched",
                table: "Cases",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "CaseLinks",
                columns: table => new
                {
                    Low = table.Column<Guid>(type: "uuid", nullable: false),
                    High = table.Column<Guid>(type: "uuid", nullable: false),
                    Standing = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    By = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseLinks", x => new { x.Low, x.High });
                });

            migrationBuilder.CreateTable(
                name: "ReportKeys",
                columns: table => new
                {
                    ReportId = table.Column<Guid>(type: "uuid", nullable: false),
                    Value = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportKeys", x => new { x.Value, x.ReportId });
                });

            migrationBuilder.CreateTable(
                name: "SeriesDegrees",
                columns: table => new
                {
                    Value = table.Column<string>(type: "text", nullable: false),
                    Cases = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SeriesDegrees", x => x.Value);
                });

            migrationBuilder.CreateTable(
                name: "SeriesMarks",
                columns: table => new
                {
                    CaseId = table.Column<Guid>(type: "uuid", nullable: false),
                    Value = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SeriesMarks", x => new { x.CaseId, x.Value });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Reports_Channel_ReceivedAt",
                table: "Reports",
                columns: new[] { "Channel", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Reports_Origin_ReceivedAt",
                table: "Reports",
                columns: new[] { "Origin", "ReceivedAt" },
                filter: "\"Origin\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Reports_Phone",
                table: "Reports",
                column: "Phone");

            migrationBuilder.CreateIndex(
                name: "IX_Reports_State_ReceivedAt",
                table: "Reports",
                columns: new[] { "State", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_CaseLinks_High",
                table: "CaseLinks",
                column: "High");

            migrationBuilder.CreateIndex(
                name: "IX_ReportKeys_ReportId",
                table: "ReportKeys",
                column: "ReportId");

            migrationBuilder.CreateIndex(
                name: "IX_SeriesMarks_Value",
                table: "SeriesMarks",
                column: "Value");

            // Whoever told a report before this answers for it: there was no public page.
            migrationBuilder.Sql("UPDATE \"Reports\" SET \"Told\" = \"Losses\", \"TypeTold\" = \"FraudType\", \"ReceivedAt\" = \"ReportedAt\"");
            migrationBuilder.Sql("UPDATE \"Cases\" SET \"Vouched\" = \"Reports\"");
            migrationBuilder.Sql("INSERT INTO \"SeriesMarks\" (\"CaseId\", \"Value\") SELECT \"CaseId\", \"Kind\" || ':' || \"Value\" FROM \"CaseIdentifiers\" WHERE \"Kind\" IN ('phone', 'account')");
            migrationBuilder.Sql("INSERT INTO \"SeriesDegrees\" (\"Value\", \"Cases\") SELECT \"Value\", COUNT(*) FROM \"SeriesMarks\" GROUP BY \"Value\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CaseLinks");

            migrationBuilder.DropTable(
                name: "ReportKeys");

            migrationBuilder.DropTable(
                name: "SeriesDegrees");

            migrationBuilder.DropTable(
                name: "SeriesMarks");

            migrationBuilder.DropIndex(
                name: "IX_Reports_Channel_ReceivedAt",
                table: "Reports");

            migrationBuilder.DropIndex(
                name: "IX_Reports_Origin_ReceivedAt",
                table: "Reports");

            migrationBuilder.DropIndex(
                name: "IX_Reports_Phone",
                table: "Reports");

            migrationBuilder.DropIndex(
                name: "IX_Reports_State_ReceivedAt",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "Channel",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "Duplicates",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "How",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "IsVerified",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "MatchedLosses",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "Origin",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "ReceivedAt",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "SecretHash",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "State",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "Told",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "TypeBy",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "TypeTold",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "Unfounded",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "VerifiedAt",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "VerifiedBy",
                table: "Reports");

            migrationBuilder.DropColumn(
                name: "Vouched",
                table: "Cases");
        }
    }
}
