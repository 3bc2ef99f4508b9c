using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cordon.Casework.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Leads : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Leads",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "text", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Sender = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    Receiver = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    Parties = table.Column<string>(type: "text", nullable: false),
                    Subjects = table.Column<string>(type: "text", nullable: false),
                    Seen = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    Records = table.Column<string>(type: "text", nullable: false),
                    CaseId = table.Column<Guid>(type: "uuid", nullable: true),
                    Key = table.Column<string>(type: "text", nullable: true),
                    Digest = table.Column<string>(type: "text", nullable: true),
                    ProposedAt = table.Column<long>(type: "bigint", nullable: true),
                    SentAt = table.Column<long>(type: "bigint", nullable: true),
                    SentBy = table.Column<string>(type: "text", nullable: true),
                    AcknowledgeBy = table.Column<long>(type: "bigint", nullable: true),
                    FeedbackBy = table.Column<long>(type: "bigint", nullable: true),
                    AcknowledgedAt = table.Column<long>(type: "bigint", nullable: true),
                    AcknowledgedBy = table.Column<string>(type: "text", nullable: true),
                    Hops = table.Column<string>(type: "text", nullable: false),
                    Feedbacks = table.Column<string>(type: "text", nullable: false),
                    Due = table.Column<long>(type: "bigint", nullable: true),
                    Missed = table.Column<long>(type: "bigint", nullable: true),
                    Escalation = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    EscalatedTo = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    EscalatedRole = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    EscalateAt = table.Column<long>(type: "bigint", nullable: true),
                    NextClock = table.Column<long>(type: "bigint", nullable: true),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    EndReason = table.Column<string>(type: "text", nullable: true),
                    EndedBy = table.Column<string>(type: "text", nullable: true),
                    OwedFrom = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Leads", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_CaseId",
                table: "Leads",
                column: "CaseId");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_Key",
                table: "Leads",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Leads_Kind_Seen",
                table: "Leads",
                columns: new[] { "Kind", "Seen" },
                filter: "\"Seen\" <> ''");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_NextClock",
                table: "Leads",
                column: "NextClock",
                filter: "\"NextClock\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_Number",
                table: "Leads",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Leads_SentAt",
                table: "Leads",
                column: "SentAt");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_State_Due",
                table: "Leads",
                columns: new[] { "State", "Due" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Leads");
        }
    }
}
