using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.SqlServer.Migrations
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
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "closing_cards",
                columns: table => new
                {
                    ClosingId = table.Column<long>(type: "bigint", nullable: false),
                    CardId = table.Column<long>(type: "bigint", nullable: false),
                    TakenAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    TakenById = table.Column<long>(type: "bigint", nullable: true),
                    PurseWhenTaken = table.Column<long>(type: "bigint", nullable: false),
                    StateBefore = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    PurseAtClosing = table.Column<long>(type: "bigint", nullable: false),
                    DepositSettledById = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_closing_cards", x => new { x.ClosingId, x.CardId });
                });

            migrationBuilder.CreateTable(
                name: "customer_closings",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    OpenCustomer = table.Column<long>(type: "bigint", nullable: true),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    OperatorId = table.Column<long>(type: "bigint", nullable: false),
                    OpenedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ClosedById = table.Column<long>(type: "bigint", nullable: true),
                    ClosedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Fee = table.Column<long>(type: "bigint", nullable: false),
                    FeeWaived = table.Column<bool>(type: "bit", nullable: false),
                    FeePaidBy = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    FeeInvoice = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ReserveSwept = table.Column<long>(type: "bigint", nullable: false),
                    BonusLapsed = table.Column<long>(type: "bigint", nullable: false),
                    PointsLapsed = table.Column<long>(type: "bigint", nullable: false),
                    RefundableFrom = table.Column<DateTime>(type: "datetime2", nullable: true),
                    SweptAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    PurseSwept = table.Column<long>(type: "bigint", nullable: false),
                    SweptById = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_customer_closings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "known_recharges",
                columns: table => new
                {
                    RechargeId = table.Column<long>(type: "bigint", nullable: false),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    Received = table.Column<long>(type: "bigint", nullable: false),
                    PaidBy = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_known_recharges", x => x.RechargeId);
                });

            migrationBuilder.CreateTable(
                name: "refund_counted_accounts",
                columns: table => new
                {
                    Kind = table.Column<short>(type: "smallint", nullable: false),
                    Owner = table.Column<long>(type: "bigint", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_refund_counted_accounts", x => new { x.Kind, x.Owner });
                });

            migrationBuilder.CreateTable(
                name: "refund_lines",
                columns: table => new
                {
                    RefundId = table.Column<long>(type: "bigint", nullable: false),
                    RechargeId = table.Column<long>(type: "bigint", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_refund_lines", x => new { x.RefundId, x.RechargeId });
                });

            migrationBuilder.CreateTable(
                name: "refunded_recharges",
                columns: table => new
                {
                    RechargeId = table.Column<long>(type: "bigint", nullable: false),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    Received = table.Column<long>(type: "bigint", nullable: false),
                    Refunded = table.Column<long>(type: "bigint", nullable: false),
                    TakenBackById = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_refunded_recharges", x => x.RechargeId);
                });

            migrationBuilder.CreateTable(
                name: "refunds",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Way = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    CardId = table.Column<long>(type: "bigint", nullable: true),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    OperatorId = table.Column<long>(type: "bigint", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    BonusLapsed = table.Column<long>(type: "bigint", nullable: false),
                    ReferenceNumber = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    RefundInvoice = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true, collation: "Latin1_General_100_BIN2"),
                    OilType = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    FeeDue = table.Column<long>(type: "bigint", nullable: false),
                    FeeWaived = table.Column<bool>(type: "bit", nullable: false),
                    FeePaidById = table.Column<long>(type: "bigint", nullable: true),
                    EndedById = table.Column<long>(type: "bigint", nullable: true),
                    Reason = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_refunds", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "returned_invoices",
                columns: table => new
                {
                    RefundId = table.Column<long>(type: "bigint", nullable: false),
                    InvoiceId = table.Column<long>(type: "bigint", nullable: false),
                    Used = table.Column<long>(type: "bigint", nullable: false)
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
                unique: true,
                filter: "[OpenCustomer] IS NOT NULL");

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
