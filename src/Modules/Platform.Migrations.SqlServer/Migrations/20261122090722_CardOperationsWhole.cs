using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class CardOperationsWhole : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ChipSerial",
                table: "card_operations",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SettledAs",
                table: "card_operations",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TouchedAt",
                table: "card_operations",
                type: "datetime2",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.CreateTable(
                name: "bearer_numbers",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Next = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bearer_numbers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "bearer_sale_cards",
                columns: table => new
                {
                    SaleId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    CardId = table.Column<long>(type: "bigint", nullable: false),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    CardNumber = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false),
                    IssuerCode = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false),
                    OperationId = table.Column<long>(type: "bigint", nullable: false),
                    LoadAmount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bearer_sale_cards", x => new { x.SaleId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "bearer_sales",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    OperatorId = table.Column<long>(type: "bigint", nullable: false),
                    ApproverId = table.Column<long>(type: "bigint", nullable: true),
                    Count = table.Column<int>(type: "int", nullable: false),
                    FirstRunning = table.Column<long>(type: "bigint", nullable: false),
                    Given = table.Column<int>(type: "int", nullable: false),
                    Fees = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    FirstRecharge = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bearer_sales", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "chip_transactions",
                columns: table => new
                {
                    CardId = table.Column<long>(type: "bigint", nullable: false),
                    Application = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Counter = table.Column<int>(type: "int", nullable: false),
                    OperationId = table.Column<long>(type: "bigint", nullable: false),
                    BalanceAfter = table.Column<long>(type: "bigint", nullable: true),
                    By = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_chip_transactions", x => new { x.CardId, x.Application, x.Counter });
                });

            migrationBuilder.CreateIndex(
                name: "IX_card_operations_CardNumber",
                table: "card_operations",
                column: "CardNumber");

            migrationBuilder.CreateIndex(
                name: "IX_card_operations_ChipSerial",
                table: "card_operations",
                column: "ChipSerial");

            migrationBuilder.CreateIndex(
                name: "IX_bearer_sale_cards_OperationId",
                table: "bearer_sale_cards",
                column: "OperationId",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bearer_numbers");

            migrationBuilder.DropTable(
                name: "bearer_sale_cards");

            migrationBuilder.DropTable(
                name: "bearer_sales");

            migrationBuilder.DropTable(
                name: "chip_transactions");

            migrationBuilder.DropIndex(
                name: "IX_card_operations_CardNumber",
                table: "card_operations");

            migrationBuilder.DropIndex(
                name: "IX_card_operations_ChipSerial",
                table: "card_operations");

            migrationBuilder.DropColumn(
                name: "ChipSerial",
                table: "card_operations");

            migrationBuilder.DropColumn(
                name: "SettledAs",
                table: "card_operations");

            migrationBuilder.DropColumn(
                name: "TouchedAt",
                table: "card_operations");
        }
    }
}
