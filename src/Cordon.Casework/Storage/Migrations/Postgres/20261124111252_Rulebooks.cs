using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cordon.Casework.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Rulebooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Backtests",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Rulebook = table.Column<Guid>(type: "uuid", nullable: false),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    From = table.Column<long>(type: "bigint", nullable: true),
                    To = table.Column<long>(type: "bigint", nullable: true),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    StartedBy = table.Column<string>(type: "text", nullable: false),
                    StartedAt = table.Column<long>(type: "bigint", nullable: false),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    Report = table.Column<string>(type: "text", nullable: true),
                    Reason = table.Column<string>(type: "text", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Backtests", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ListEntries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    List = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Entry = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    Present = table.Column<bool>(type: "boolean", nullable: false),
                    Owner = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    Until = table.Column<long>(type: "bigint", nullable: true),
                    ChangedBy = table.Column<string>(type: "text", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ListEntries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RulebookTexts",
                columns: table => new
                {
                    Digest = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RulebookTexts", x => x.Digest);
                });

            migrationBuilder.CreateTable(
                name: "Rulebooks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "text", nullable: false),
                    Purpose = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Files = table.Column<string>(type: "text", nullable: false),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    Rules = table.Column<int>(type: "integer", nullable: false),
                    Examples = table.Column<int>(type: "integer", nullable: false),
                    Authors = table.Column<string>(type: "text", nullable: false),
                    DraftedAt = table.Column<long>(type: "bigint", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Backtest = table.Column<Guid>(type: "uuid", nullable: true),
                    ShadowAfter = table.Column<long>(type: "bigint", nullable: true),
                    ShadowStartedAt = table.Column<long>(type: "bigint", nullable: true),
                    ShadowStoppedAt = table.Column<long>(type: "bigint", nullable: true),
                    Shadow = table.Column<string>(type: "text", nullable: true),
                    Approver = table.Column<string>(type: "text", nullable: true),
                    ApprovedAt = table.Column<long>(type: "bigint", nullable: true),
                    ActivatedAt = table.Column<long>(type: "bigint", nullable: true),
                    ActivatedBy = table.Column<string>(type: "text", nullable: true),
                    SupersededAt = table.Column<long>(type: "bigint", nullable: true),
                    ConfirmBy = table.Column<long>(type: "bigint", nullable: true),
                    ConfirmedBy = table.Column<string>(type: "text", nullable: true),
                    OverdueAt = table.Column<long>(type: "bigint", nullable: true),
                    Reason = table.Column<string>(type: "text", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Rulebooks", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Backtests_OneRunning",
                table: "Backtests",
                column: "State",
                unique: true,
                filter: "\"State\" = 'Running'");

            migrationBuilder.CreateIndex(
                name: "IX_Backtests_Rulebook_StartedAt",
                table: "Backtests",
                columns: new[] { "Rulebook", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ListEntries_List_Entry",
                table: "ListEntries",
                columns: new[] { "List", "Entry" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Rulebooks_Hash",
                table: "Rulebooks",
                column: "Hash");

            migrationBuilder.CreateIndex(
                name: "IX_Rulebooks_Number",
                table: "Rulebooks",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Rulebooks_OneActive",
                table: "Rulebooks",
                column: "State",
                unique: true,
                filter: "\"State\" = 'Active'");

            migrationBuilder.CreateIndex(
                name: "IX_Rulebooks_OneShadow",
                table: "Rulebooks",
                column: "State",
                unique: true,
                filter: "\"State\" = 'Shadow' AND \"ShadowStoppedAt\" IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Backtests");

            migrationBuilder.DropTable(
                name: "ListEntries");

            migrationBuilder.DropTable(
                name: "RulebookTexts");

            migrationBuilder.DropTable(
                name: "Rulebooks");
        }
    }
}
