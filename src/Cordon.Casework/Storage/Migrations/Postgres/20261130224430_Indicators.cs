using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cordon.Casework.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Indicators : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "Indicator",
                table: "ListEntries",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "IndicatorReaders",
                columns: table => new
                {
                    Member = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    UpTo = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IndicatorReaders", x => x.Member);
                });

            migrationBuilder.CreateTable(
                name: "Indicators",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "text", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Value = table.Column<string>(type: "character varying(260)", maxLength: 260, nullable: false),
                    Origin = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Giver = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    CaseId = table.Column<Guid>(type: "uuid", nullable: true),
                    OrderId = table.Column<Guid>(type: "uuid", nullable: true),
                    Confidence = table.Column<int>(type: "integer", nullable: false),
                    Tlp = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    ProposedBy = table.Column<string>(type: "text", nullable: false),
                    ProposedAt = table.Column<long>(type: "bigint", nullable: false),
                    ConfirmedBy = table.Column<string>(type: "text", nullable: true),
                    ConfirmedAt = table.Column<long>(type: "bigint", nullable: true),
                    Until = table.Column<long>(type: "bigint", nullable: false),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    Votes = table.Column<string>(type: "text", nullable: false),
                    SightingsTold = table.Column<long>(type: "bigint", nullable: false),
                    LastSighting = table.Column<long>(type: "bigint", nullable: true),
                    Feed = table.Column<long>(type: "bigint", nullable: false),
                    ToldFrom = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Indicators", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RecallReceipts",
                columns: table => new
                {
                    Indicator = table.Column<Guid>(type: "uuid", nullable: false),
                    Feed = table.Column<long>(type: "bigint", nullable: false),
                    Member = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    RecalledAt = table.Column<long>(type: "bigint", nullable: false),
                    ReceivedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RecallReceipts", x => new { x.Indicator, x.Feed, x.Member });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Indicators_CaseId",
                table: "Indicators",
                column: "CaseId");

            migrationBuilder.CreateIndex(
                name: "IX_Indicators_Feed",
                table: "Indicators",
                column: "Feed");

            migrationBuilder.CreateIndex(
                name: "IX_Indicators_Kind_Value",
                table: "Indicators",
                columns: new[] { "Kind", "Value" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Indicators_Number",
                table: "Indicators",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Indicators_State_Until",
                table: "Indicators",
                columns: new[] { "State", "Until" });

            migrationBuilder.CreateIndex(
                name: "IX_RecallReceipts_Member_ReceivedAt",
                table: "RecallReceipts",
                columns: new[] { "Member", "ReceivedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "IndicatorReaders");

            migrationBuilder.DropTable(
                name: "Indicators");

            migrationBuilder.DropTable(
                name: "RecallReceipts");

            migrationBuilder.DropColumn(
                name: "Indicator",
                table: "ListEntries");
        }
    }
}
