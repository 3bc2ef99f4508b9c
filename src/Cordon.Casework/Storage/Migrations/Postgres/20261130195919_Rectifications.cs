using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cordon.Casework.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Rectifications : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "LadderSteps",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "text", nullable: false),
                    Pack = table.Column<string>(type: "text", nullable: false),
                    Rung = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Subject = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Member = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    Unit = table.Column<string>(type: "text", nullable: true),
                    Trigger = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Occurred = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    ReasonZh = table.Column<string>(type: "text", nullable: false),
                    ReasonEn = table.Column<string>(type: "text", nullable: false),
                    Basis = table.Column<string>(type: "text", nullable: false),
                    Officers = table.Column<string>(type: "text", nullable: false),
                    Behind = table.Column<string>(type: "text", nullable: false),
                    Terms = table.Column<string>(type: "text", nullable: false),
                    Prolongs = table.Column<Guid>(type: "uuid", nullable: true),
                    ProposedAt = table.Column<long>(type: "bigint", nullable: false),
                    ProposedBy = table.Column<string>(type: "text", nullable: false),
                    DecideBy = table.Column<long>(type: "bigint", nullable: true),
                    EndorsedBy = table.Column<string>(type: "text", nullable: true),
                    IssuedAt = table.Column<long>(type: "bigint", nullable: true),
                    IssuedBy = table.Column<string>(type: "text", nullable: true),
                    Decision = table.Column<string>(type: "text", nullable: true),
                    Effects = table.Column<string>(type: "text", nullable: false),
                    BarsUntil = table.Column<long>(type: "bigint", nullable: true),
                    Limit = table.Column<long>(type: "bigint", nullable: true),
                    MissedAt = table.Column<long>(type: "bigint", nullable: true),
                    StandsUntil = table.Column<long>(type: "bigint", nullable: true),
                    AppealUntil = table.Column<long>(type: "bigint", nullable: true),
                    Appeal = table.Column<string>(type: "text", nullable: true),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    NextClock = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LadderSteps", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Rectifications",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "text", nullable: false),
                    Member = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Unit = table.Column<string>(type: "text", nullable: true),
                    Root = table.Column<string>(type: "text", nullable: false),
                    CauseKey = table.Column<string>(type: "text", nullable: false),
                    Pack = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    WhatZh = table.Column<string>(type: "text", nullable: false),
                    WhatEn = table.Column<string>(type: "text", nullable: false),
                    Basis = table.Column<string>(type: "text", nullable: false),
                    Controls = table.Column<string>(type: "text", nullable: false),
                    Findings = table.Column<string>(type: "text", nullable: false),
                    Evidence = table.Column<string>(type: "text", nullable: false),
                    Readings = table.Column<string>(type: "text", nullable: false),
                    OpenedAt = table.Column<long>(type: "bigint", nullable: false),
                    OpenedBy = table.Column<string>(type: "text", nullable: false),
                    Due = table.Column<long>(type: "bigint", nullable: false),
                    Terms = table.Column<string>(type: "text", nullable: false),
                    Plan = table.Column<string>(type: "text", nullable: true),
                    Claims = table.Column<string>(type: "text", nullable: false),
                    ClaimedAt = table.Column<long>(type: "bigint", nullable: true),
                    RecheckUntil = table.Column<long>(type: "bigint", nullable: true),
                    Prolongs = table.Column<int>(type: "integer", nullable: false),
                    Checks = table.Column<string>(type: "text", nullable: false),
                    MendedAt = table.Column<long>(type: "bigint", nullable: true),
                    WatchUntil = table.Column<long>(type: "bigint", nullable: true),
                    WithdrawnAt = table.Column<long>(type: "bigint", nullable: true),
                    RefutedCount = table.Column<int>(type: "integer", nullable: false),
                    RelapsedCount = table.Column<int>(type: "integer", nullable: false),
                    OverdueCount = table.Column<int>(type: "integer", nullable: false),
                    OverdueAt = table.Column<long>(type: "bigint", nullable: true),
                    NextClock = table.Column<long>(type: "bigint", nullable: true),
                    Contests = table.Column<string>(type: "text", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Rectifications", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_LadderSteps_BarsUntil",
                table: "LadderSteps",
                column: "BarsUntil");

            migrationBuilder.CreateIndex(
                name: "IX_LadderSteps_Member",
                table: "LadderSteps",
                column: "Member");

            migrationBuilder.CreateIndex(
                name: "IX_LadderSteps_NextClock",
                table: "LadderSteps",
                column: "NextClock");

            migrationBuilder.CreateIndex(
                name: "IX_LadderSteps_Number",
                table: "LadderSteps",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LadderSteps_Subject_State",
                table: "LadderSteps",
                columns: new[] { "Subject", "State" });

            migrationBuilder.CreateIndex(
                name: "OneDraftOfARung",
                table: "LadderSteps",
                columns: new[] { "Subject", "Rung" },
                unique: true,
                filter: "\"State\" IN ('Waiting', 'Endorsed')");

            migrationBuilder.CreateIndex(
                name: "IX_Rectifications_CauseKey_Number",
                table: "Rectifications",
                columns: new[] { "CauseKey", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Rectifications_Member_State",
                table: "Rectifications",
                columns: new[] { "Member", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Rectifications_NextClock",
                table: "Rectifications",
                column: "NextClock");

            migrationBuilder.CreateIndex(
                name: "IX_Rectifications_Number",
                table: "Rectifications",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "OneOpenOfACause",
                table: "Rectifications",
                column: "CauseKey",
                unique: true,
                filter: "\"State\" NOT IN ('Mended', 'Withdrawn')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "LadderSteps");

            migrationBuilder.DropTable(
                name: "Rectifications");
        }
    }
}
