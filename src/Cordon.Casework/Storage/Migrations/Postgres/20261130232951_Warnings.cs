using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cordon.Casework.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Warnings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Warnings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "text", nullable: false),
                    Line = table.Column<long>(type: "bigint", nullable: false),
                    Group = table.Column<string>(type: "text", nullable: false),
                    Reasons = table.Column<string>(type: "text", nullable: false),
                    Signal = table.Column<long>(type: "bigint", nullable: false),
                    SeenAt = table.Column<long>(type: "bigint", nullable: false),
                    ProposedAt = table.Column<long>(type: "bigint", nullable: false),
                    Due = table.Column<long>(type: "bigint", nullable: false),
                    Signals = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Attempts = table.Column<string>(type: "text", nullable: false),
                    FirstAttemptAt = table.Column<long>(type: "bigint", nullable: true),
                    ReachedAt = table.Column<long>(type: "bigint", nullable: true),
                    OverdueAt = table.Column<long>(type: "bigint", nullable: true),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    Reason = table.Column<string>(type: "text", nullable: true),
                    LossReports = table.Column<string>(type: "text", nullable: false),
                    LossMinor = table.Column<long>(type: "bigint", nullable: false),
                    LossCurrency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Warnings", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Warnings_Line_ProposedAt",
                table: "Warnings",
                columns: new[] { "Line", "ProposedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Warnings_Number",
                table: "Warnings",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Warnings_State_Due",
                table: "Warnings",
                columns: new[] { "State", "Due" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Warnings");
        }
    }
}
