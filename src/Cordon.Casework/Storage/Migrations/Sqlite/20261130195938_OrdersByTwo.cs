using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cordon.Casework.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OrdersByTwo : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "Appeal",
                table: "Orders",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ApprovedAt",
                table: "Orders",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Approver",
                table: "Orders",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ConfirmBy",
                table: "Orders",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Domain",
                table: "Orders",
                type: "TEXT",
                maxLength: 253,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Emergency",
                table: "Orders",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LetGoAt",
                table: "Orders",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Lifts",
                table: "Orders",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Line",
                table: "Orders",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Orders_ConfirmBy",
                table: "Orders",
                column: "ConfirmBy",
                filter: "\"ConfirmBy\" IS NOT NULL AND \"ApprovedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Orders_Line",
                table: "Orders",
                column: "Line");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Orders_ConfirmBy",
                table: "Orders");

            migrationBuilder.DropIndex(
                name: "IX_Orders_Line",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "Appeal",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "ApprovedAt",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "Approver",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "ConfirmBy",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "Domain",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "Emergency",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "LetGoAt",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "Lifts",
                table: "Orders");

            migrationBuilder.DropColumn(
                name: "Line",
                table: "Orders");
        }
    }
}
