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

            migrationBuilder.CreateTable(
                name: "ObjectivePlans",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "text", nullable: false),
                    Title = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    From = table.Column<long>(type: "bigint", nullable: false),
                    To = table.Column<long>(type: "bigint", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    Hash = table.Column<string>(type: "text", nullable: false),
                    Terms = table.Column<string>(type: "text", nullable: false),
                    Tree = table.Column<string>(type: "text", nullable: false),
                    DraftedBy = table.Column<string>(type: "text", nullable: false),
                    AdoptedAt = table.Column<long>(type: "bigint", nullable: true),
                    AdoptedBy = table.Column<string>(type: "text", nullable: true),
                    Reason = table.Column<string>(type: "text", nullable: true),
                    Delays = table.Column<string>(type: "text", nullable: false),
                    Difficulties = table.Column<string>(type: "text", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ObjectivePlans", x => x.Id);
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

            migrationBuilder.CreateIndex(
                name: "IX_ObjectivePlans_Number",
                table: "ObjectivePlans",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "OneAdoptedOfATime",
                table: "ObjectivePlans",
                column: "From",
                unique: true,
                filter: "\"State\" = 'Adopted'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Evaluations");

            migrationBuilder.DropTable(
                name: "ObjectivePlans");
        }
    }
}
