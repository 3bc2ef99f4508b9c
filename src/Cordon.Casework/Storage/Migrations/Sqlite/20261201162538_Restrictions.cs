using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cordon.Casework.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Restrictions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "RestrictionId",
                table: "Notices",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "RestrictionId",
                table: "Appeals",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Restrictions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", nullable: false),
                    Person = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Grounds = table.Column<string>(type: "TEXT", nullable: false),
                    Keeps = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    BeginsAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LiftedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LiftedFor = table.Column<string>(type: "TEXT", nullable: true),
                    Appeal = table.Column<Guid>(type: "TEXT", nullable: true),
                    ServedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Served = table.Column<string>(type: "TEXT", nullable: true),
                    Members = table.Column<string>(type: "TEXT", nullable: false),
                    Concerns = table.Column<string>(type: "TEXT", nullable: false),
                    Place = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Restrictions", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Notices_RestrictionId",
                table: "Notices",
                column: "RestrictionId");

            migrationBuilder.CreateIndex(
                name: "IX_Appeals_RestrictionId",
                table: "Appeals",
                column: "RestrictionId");

            migrationBuilder.CreateIndex(
                name: "IX_Restrictions_Number",
                table: "Restrictions",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Restrictions_Person_State",
                table: "Restrictions",
                columns: new[] { "Person", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Restrictions_State_Place",
                table: "Restrictions",
                columns: new[] { "State", "Place" });

            migrationBuilder.CreateIndex(
                name: "OneOpenOfAPerson",
                table: "Restrictions",
                column: "Person",
                unique: true,
                filter: "\"State\" IN ('Proposed', 'InForce')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Restrictions");

            migrationBuilder.DropIndex(
                name: "IX_Notices_RestrictionId",
                table: "Notices");

            migrationBuilder.DropIndex(
                name: "IX_Appeals_RestrictionId",
                table: "Appeals");

            migrationBuilder.DropColumn(
                name: "RestrictionId",
                table: "Notices");

            migrationBuilder.DropColumn(
                name: "RestrictionId",
                table: "Appeals");
        }
    }
}
