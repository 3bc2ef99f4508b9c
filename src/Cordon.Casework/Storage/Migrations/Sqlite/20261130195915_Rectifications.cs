using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cordon.Casework.Storage.Migrations.Sqlite
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", nullable: false),
                    Pack = table.Column<string>(type: "TEXT", nullable: false),
                    Rung = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Member = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    Unit = table.Column<string>(type: "TEXT", nullable: true),
                    Trigger = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Occurred = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ReasonZh = table.Column<string>(type: "TEXT", nullable: false),
                    ReasonEn = table.Column<string>(type: "TEXT", nullable: false),
                    Basis = table.Column<string>(type: "TEXT", nullable: false),
                    Officers = table.Column<string>(type: "TEXT", nullable: false),
                    Behind = table.Column<string>(type: "TEXT", nullable: false),
                    Terms = table.Column<string>(type: "TEXT", nullable: false),
                    Prolongs = table.Column<Guid>(type: "TEXT", nullable: true),
                    ProposedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ProposedBy = table.Column<string>(type: "TEXT", nullable: false),
                    DecideBy = table.Column<long>(type: "INTEGER", nullable: true),
                    EndorsedBy = table.Column<string>(type: "TEXT", nullable: true),
                    IssuedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    IssuedBy = table.Column<string>(type: "TEXT", nullable: true),
                    Decision = table.Column<string>(type: "TEXT", nullable: true),
                    Effects = table.Column<string>(type: "TEXT", nullable: false),
                    BarsUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    Limit = table.Column<long>(type: "INTEGER", nullable: true),
                    MissedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    StandsUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    AppealUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    Appeal = table.Column<string>(type: "TEXT", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    NextClock = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LadderSteps", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Rectifications",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", nullable: false),
                    Member = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Unit = table.Column<string>(type: "TEXT", nullable: true),
                    Root = table.Column<string>(type: "TEXT", nullable: false),
                    CauseKey = table.Column<string>(type: "TEXT", nullable: false),
                    Pack = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    WhatZh = table.Column<string>(type: "TEXT", nullable: false),
                    WhatEn = table.Column<string>(type: "TEXT", nullable: false),
                    Basis = table.Column<string>(type: "TEXT", nullable: false),
                    Controls = table.Column<string>(type: "TEXT", nullable: false),
                    Findings = table.Column<string>(type: "TEXT", nullable: false),
                    Evidence = table.Column<string>(type: "TEXT", nullable: false),
                    Readings = table.Column<string>(type: "TEXT", nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    OpenedBy = table.Column<string>(type: "TEXT", nullable: false),
                    Due = table.Column<long>(type: "INTEGER", nullable: false),
                    Terms = table.Column<string>(type: "TEXT", nullable: false),
                    Plan = table.Column<string>(type: "TEXT", nullable: true),
                    Claims = table.Column<string>(type: "TEXT", nullable: false),
                    ClaimedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RecheckUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    Prolongs = table.Column<int>(type: "INTEGER", nullable: false),
                    Checks = table.Column<string>(type: "TEXT", nullable: false),
                    MendedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WatchUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    WithdrawnAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RefutedCount = table.Column<int>(type: "INTEGER", nullable: false),
                    RelapsedCount = table.Column<int>(type: "INTEGER", nullable: false),
                    OverdueCount = table.Column<int>(type: "INTEGER", nullable: false),
                    OverdueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    NextClock = table.Column<long>(type: "INTEGER", nullable: true),
                    Contests = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
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
