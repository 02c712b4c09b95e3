using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SubCardBatchesAndCardSessions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ContactName",
                table: "customers",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "VatAccount",
                table: "customers",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "VatAddress",
                table: "customers",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "VatBank",
                table: "customers",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "VatPhone",
                table: "customers",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "VatTaxNumber",
                table: "customers",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MainOf",
                table: "cards",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "card_sessions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    CardId = table.Column<long>(type: "INTEGER", nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    OperatorId = table.Column<long>(type: "INTEGER", nullable: false),
                    ProvedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_card_sessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "sub_card_batch_cards",
                columns: table => new
                {
                    CardId = table.Column<long>(type: "INTEGER", nullable: false),
                    BatchId = table.Column<long>(type: "INTEGER", nullable: false),
                    BeyondLimit = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sub_card_batch_cards", x => x.CardId);
                });

            migrationBuilder.CreateTable(
                name: "sub_card_batches",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    OperatorId = table.Column<long>(type: "INTEGER", nullable: false),
                    RightName = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    CardType = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CardFee = table.Column<long>(type: "INTEGER", nullable: true),
                    Deposit = table.Column<long>(type: "INTEGER", nullable: true),
                    AmountsApproverId = table.Column<long>(type: "INTEGER", nullable: true),
                    More = table.Column<int>(type: "INTEGER", nullable: true),
                    MoreLeft = table.Column<int>(type: "INTEGER", nullable: false),
                    MoreApproverId = table.Column<long>(type: "INTEGER", nullable: true),
                    OpenedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ClosedById = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sub_card_batches", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_cards_MainOf",
                table: "cards",
                column: "MainOf",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sub_card_batch_cards_BatchId",
                table: "sub_card_batch_cards",
                column: "BatchId");

            migrationBuilder.CreateIndex(
                name: "IX_sub_card_batches_ClosedById",
                table: "sub_card_batches",
                column: "ClosedById",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sub_card_batches_CustomerId",
                table: "sub_card_batches",
                column: "CustomerId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "card_sessions");

            migrationBuilder.DropTable(
                name: "sub_card_batch_cards");

            migrationBuilder.DropTable(
                name: "sub_card_batches");

            migrationBuilder.DropIndex(
                name: "IX_cards_MainOf",
                table: "cards");

            migrationBuilder.DropColumn(
                name: "ContactName",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "VatAccount",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "VatAddress",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "VatBank",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "VatPhone",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "VatTaxNumber",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "MainOf",
                table: "cards");
        }
    }
}
