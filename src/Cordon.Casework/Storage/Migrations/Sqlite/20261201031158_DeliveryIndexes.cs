using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cordon.Casework.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DeliveryIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_Member_QueuedAt",
                table: "Deliveries",
                columns: new[] { "Member", "QueuedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_Member_State_DeliveredAt",
                table: "Deliveries",
                columns: new[] { "Member", "State", "DeliveredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_QueuedAt",
                table: "Deliveries",
                column: "QueuedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Deliveries_Member_QueuedAt",
                table: "Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_Member_State_DeliveredAt",
                table: "Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_QueuedAt",
                table: "Deliveries");
        }
    }
}
