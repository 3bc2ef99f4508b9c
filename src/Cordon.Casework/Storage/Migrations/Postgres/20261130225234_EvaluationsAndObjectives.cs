using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cordon.Casework.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class EvaluationsAndObjectives : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Evaluations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "text", nullable: false),
                    Scheme = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Sector = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Region = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    From = table.Column<long>(type: "bigint", nullable: false),
                    To = table.Column<long>(type: "bigint", nullable: false),
                    DraftedBy = table.Column<string>(type: "text", nullable: false),
                    FrozenHash = table.Column<string>(type: "text", nullable: true),
                    FrozenAt = table.Column<long>(type: "bigint", nullable: true),
                    FrozenBy = table.Column<string>(type: "text", nullable: true),
                    NextClock = table.Column<long>(type: "bigint", nullable: true),
                    Versions = table.Column<string>(type: "text", nullable: false),
                    PutForwardBy = table.Column<string>(type: "text", nullable: true),
                    PublishedAt = table.Column<long>(type: "bigint", nullable: true),
                    PublishedBy = table.Column<string>(type: "text", nullable: true),
                    Contests = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Evaluations", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Evaluations_NextClock",
                table: "Evaluations",
                column: "NextClock");

            migrationBuilder.CreateIndex(
                name: "IX_Evaluations_Number",
                table: "Evaluations",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "OneOfAPeriod",
                table: "Evaluations",
                columns: new[] { "Sector", "Region", "From" },
                unique: true,
                filter: "\"State\" <> 'Withdrawn'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Evaluations");
        }
    }
}
