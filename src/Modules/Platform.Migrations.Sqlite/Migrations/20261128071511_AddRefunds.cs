using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddRefunds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ChipBalance",
                table: "card_sessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "closing_cards",
                columns: table => new
                {
                    ClosingId = table.Column<long>(type: "INTEGER", nullable: false),
                    CardId = table.Column<long>(type: "INTEGER", nullable: false),
                    TakenAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    TakenById = table.Column<long>(type: "INTEGER", nullable: true),
                    PurseWhenTaken = table.Column<long>(type: "INTEGER", nullable: false),
                    StateBefore = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    PurseAtClosing = table.Column<long>(type: "INTEGER", nullable: false),
                    DepositSettledById = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_closing_cards", x => new { x.ClosingId, x.CardId });
                });

            migrationBuilder.CreateTable(
                name: "customer_closings",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    OpenCustomer = table.Column<long>(type: "INTEGER", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    OperatorId = table.Column<long>(type: "INTEGER", nullable: false),
                    OpenedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ClosedById = table.Column<long>(type: "INTEGER", nullable: true),
                    ClosedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Fee = table.Column<long>(type: "INTEGER", nullable: false),
                    FeeWaived = table.Column<bool>(type: "INTEGER", nullable: false),
                    FeePaidBy = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    FeeInvoice = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    ReserveSwept = table.Column<long>(type: "INTEGER", nullable: false),
                    BonusLapsed = table.Column<long>(type: "INTEGER", nullable: false),
                    PointsLapsed = table.Column<long>(type: "INTEGER", nullable: false),
                    RefundableFrom = table.Column<DateTime>(type: "TEXT", nullable: true),
                    SweptAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    PurseSwept = table.Column<long>(type: "INTEGER", nullable: false),
                    SweptById = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_customer_closings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "known_recharges",
                columns: table => new
                {
                    RechargeId = table.Column<long>(type: "INTEGER", nullable: false),
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    Received = table.Column<long>(type: "INTEGER", nullable: false),
                    PaidBy = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_known_recharges", x => x.RechargeId);
                });

            migrationBuilder.CreateTable(
                name: "refund_counted_accounts",
                columns: table => new
                {
                    Kind = table.Column<short>(type: "INTEGER", nullable: false),
                    Owner = table.Column<long>(type: "INTEGER", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_refund_counted_accounts", x => new { x.Kind, x.Owner });
                });

            migrationBuilder.CreateTable(
                name: "refund_lines",
                columns: table => new
                {
                    RefundId = table.Column<long>(type: "INTEGER", nullable: false),
                    RechargeId = table.Column<long>(type: "INTEGER", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_refund_lines", x => new { x.RefundId, x.RechargeId });
                });

            migrationBuilder.CreateTable(
                name: "refunded_recharges",
                columns: table => new
                {
                    RechargeId = table.Column<long>(type: "INTEGER", nullable: false),
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    Received = table.Column<long>(type: "INTEGER", nullable: false),
                    Refunded = table.Column<long>(type: "INTEGER", nullable: false),
                    TakenBackById = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_refunded_recharges", x => x.RechargeId);
                });

            migrationBuilder.CreateTable(
                name: "refunds",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Way = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    CardId = table.Column<long>(type: "INTEGER", nullable: true),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    OperatorId = table.Column<long>(type: "INTEGER", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    BonusLapsed = table.Column<long>(type: "INTEGER", nullable: false),
                    ReferenceNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    RefundInvoice = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    OilType = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    FeeDue = table.Column<long>(type: "INTEGER", nullable: false),
                    FeeWaived = table.Column<bool>(type: "INTEGER", nullable: false),
                    FeePaidById = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedById = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_refunds", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "returned_invoices",
                columns: table => new
                {
                    RefundId = table.Column<long>(type: "INTEGER", nullable: false),
                    InvoiceId = table.Column<long>(type: "INTEGER", nullable: false),
                    Used = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_returned_invoices", x => new { x.RefundId, x.InvoiceId });
                });

            migrationBuilder.CreateIndex(
                name: "IX_closing_cards_CardId",
                table: "closing_cards",
                column: "CardId");

            migrationBuilder.CreateIndex(
                name: "IX_customer_closings_CustomerId",
                table: "customer_closings",
                column: "CustomerId");

            migrationBuilder.CreateIndex(
                name: "IX_customer_closings_OpenCustomer",
                table: "customer_closings",
                column: "OpenCustomer",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_customer_closings_State_SweptAt_RefundableFrom",
                table: "customer_closings",
                columns: new[] { "State", "SweptAt", "RefundableFrom" });

            migrationBuilder.CreateIndex(
                name: "IX_known_recharges_CustomerId_RechargeId",
                table: "known_recharges",
                columns: new[] { "CustomerId", "RechargeId" });

            migrationBuilder.CreateIndex(
                name: "IX_refund_lines_RechargeId",
                table: "refund_lines",
                column: "RechargeId");

            migrationBuilder.CreateIndex(
                name: "IX_refunds_BranchId_State_Id",
                table: "refunds",
                columns: new[] { "BranchId", "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_refunds_CustomerId_Id",
                table: "refunds",
                columns: new[] { "CustomerId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_returned_invoices_InvoiceId",
                table: "returned_invoices",
                column: "InvoiceId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "closing_cards");

            migrationBuilder.DropTable(
                name: "customer_closings");

            migrationBuilder.DropTable(
                name: "known_recharges");

            migrationBuilder.DropTable(
                name: "refund_counted_accounts");

            migrationBuilder.DropTable(
                name: "refund_lines");

            migrationBuilder.DropTable(
                name: "refunded_recharges");

            migrationBuilder.DropTable(
                name: "refunds");

            migrationBuilder.DropTable(
                name: "returned_invoices");

            migrationBuilder.DropColumn(
                name: "ChipBalance",
                table: "card_sessions");
        }
    }
}
