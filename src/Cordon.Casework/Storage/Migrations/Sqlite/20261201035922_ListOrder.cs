using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cordon.Casework.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ListOrder : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Orders_Member_State",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_Cases_AssignedTo_State",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_State",
                table: "Cases");

            migrationBuilder.AddColumn<string>(
                name: "Serial",
                table: "Orders",
                type: "TEXT",
                maxLength: 32,
                nullable: false,
                defaultValue: "");

            // substr counts from 1, and a letter and its hyphen are left out.
            migrationBuilder.Sql("UPDATE \"Orders\" SET \"Serial\" = substr(\"Number\", 3)");

            migrationBuilder.CreateIndex(
                name: "IX_Orders_Kind_Serial",
                table: "Orders",
                columns: new[] { "Kind", "Serial" });

            migrationBuilder.CreateIndex(
                name: "IX_Orders_Member_Serial",
                table: "Orders",
                columns: new[] { "Member", "Serial" });

            migrationBuilder.CreateIndex(
                name: "IX_Orders_Member_State_Serial",
                table: "Orders",
                columns: new[] { "Member", "State", "Serial" });

            migrationBuilder.CreateIndex(
                name: "IX_Orders_Serial",
                table: "Orders",
                column: "Serial");

            migrationBuilder.CreateIndex(
                name: "IX_Orders_State_Serial",
                table: "Orders",
                columns: new[] { "State", "Serial" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_AssignedTo_Number",
                table: "Cases",
                columns: new[] { "AssignedTo", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_FraudType_Number",
                table: "Cases",
                columns: new[] { "FraudType", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Region_Number",
                table: "Cases",
                columns: new[] { "Region", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_State_Number",
                table: "Cases",
                columns: new[] { "State", "Number" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Orders_Kind_Serial",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_Orders_Member_Serial",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_Orders_Member_State_Serial",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_Orders_Serial",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_Orders_State_Serial",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_Cases_AssignedTo_Number",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_FraudType_Number",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Region_Number",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_State_Number",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Serial",
                table: "Orders");

            migrationBuilder.CreateIndex(
                name: "IX_Orders_Member_State",
                table: "Orders",
                columns: new[] { "Member", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_AssignedTo_State",
                table: "Cases",
                columns: new[] { "AssignedTo", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_State",
                table: "Cases",
                column: "State");
        }
    }
}
