using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class CardLifeChequesStamps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_transactions_CorrectsId",
                table: "transactions");

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

            migrationBuilder.AddColumn<string>(
                name: "ChipSerial",
                table: "card_operations",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SettledAs",
                table: "card_operations",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TouchedAt",
                table: "card_operations",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.CreateTable(
                name: "allocation_templates",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Lines = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_allocation_templates", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "bearer_numbers",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Next = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bearer_numbers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "bearer_sale_cards",
                columns: table => new
                {
                    SaleId = table.Column<long>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    CardId = table.Column<long>(type: "INTEGER", nullable: false),
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    CardNumber = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    IssuerCode = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    OperationId = table.Column<long>(type: "INTEGER", nullable: false),
                    LoadAmount = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bearer_sale_cards", x => new { x.SaleId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "bearer_sales",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    OperatorId = table.Column<long>(type: "INTEGER", nullable: false),
                    ApproverId = table.Column<long>(type: "INTEGER", nullable: true),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    FirstRunning = table.Column<long>(type: "INTEGER", nullable: false),
                    Given = table.Column<int>(type: "INTEGER", nullable: false),
                    Fees = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    FirstRecharge = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bearer_sales", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "blacklist_entries",
                columns: table => new
                {
                    CardId = table.Column<long>(type: "INTEGER", nullable: false),
                    CardNumber = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Listed = table.Column<bool>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ChangedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Number = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_blacklist_entries", x => x.CardId);
                });

            migrationBuilder.CreateTable(
                name: "blacklist_versions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Last = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_blacklist_versions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "card_replacements",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    OldCardId = table.Column<long>(type: "INTEGER", nullable: false),
                    NewCardId = table.Column<long>(type: "INTEGER", nullable: false),
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    OperatorId = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ReplacedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    TransferDueAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    TransferredAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    Points = table.Column<long>(type: "INTEGER", nullable: false),
                    TransactionId = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_card_replacements", x => x.Id);
                });

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
                name: "cheques",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Bank = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    AccountNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ReceiptNumber = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    CardId = table.Column<long>(type: "INTEGER", nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    OnSight = table.Column<bool>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ReceivedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_cheques", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "chip_transactions",
                columns: table => new
                {
                    CardId = table.Column<long>(type: "INTEGER", nullable: false),
                    Application = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Counter = table.Column<int>(type: "INTEGER", nullable: false),
                    OperationId = table.Column<long>(type: "INTEGER", nullable: false),
                    BalanceAfter = table.Column<long>(type: "INTEGER", nullable: true),
                    By = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_chip_transactions", x => new { x.CardId, x.Application, x.Counter });
                });

            migrationBuilder.CreateTable(
                name: "consumption_records",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    CardId = table.Column<long>(type: "INTEGER", nullable: false),
                    Application = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Counter = table.Column<int>(type: "INTEGER", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    StationCode = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    Terminal = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    TerminalTransaction = table.Column<long>(type: "INTEGER", nullable: false),
                    ConsumedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    OilType = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Millilitres = table.Column<long>(type: "INTEGER", nullable: false),
                    Tac = table.Column<string>(type: "TEXT", maxLength: 8, nullable: true),
                    GreyTac = table.Column<string>(type: "TEXT", maxLength: 8, nullable: true),
                    BalanceAfter = table.Column<long>(type: "INTEGER", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    BatchId = table.Column<long>(type: "INTEGER", nullable: false),
                    BatchIndex = table.Column<int>(type: "INTEGER", nullable: false),
                    OperationId = table.Column<long>(type: "INTEGER", nullable: true),
                    TransactionId = table.Column<long>(type: "INTEGER", nullable: true),
                    ReceivedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_consumption_records", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "customer_cheque_modes",
                columns: table => new
                {
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    Mode = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_customer_cheque_modes", x => x.CustomerId);
                });

            migrationBuilder.CreateTable(
                name: "set_aside_consumption",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    ContentHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Record = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    ReceivedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ResolvedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_set_aside_consumption", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "stamps",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_stamps", x => x.Name);
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
                name: "IX_transactions_CorrectsId",
                table: "transactions",
                column: "CorrectsId",
                unique: true,
                filter: "\"CorrectsId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_cards_MainOf",
                table: "cards",
                column: "MainOf",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_cards_State_ValidTo",
                table: "cards",
                columns: new[] { "State", "ValidTo" });

            migrationBuilder.CreateIndex(
                name: "IX_card_operations_CardNumber",
                table: "card_operations",
                column: "CardNumber");

            migrationBuilder.CreateIndex(
                name: "IX_card_operations_ChipSerial",
                table: "card_operations",
                column: "ChipSerial");

            migrationBuilder.CreateIndex(
                name: "IX_allocation_templates_CustomerId_Name",
                table: "allocation_templates",
                columns: new[] { "CustomerId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_bearer_sale_cards_OperationId",
                table: "bearer_sale_cards",
                column: "OperationId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_blacklist_entries_Number",
                table: "blacklist_entries",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_card_replacements_NewCardId",
                table: "card_replacements",
                column: "NewCardId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_card_replacements_OldCardId",
                table: "card_replacements",
                column: "OldCardId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_card_replacements_State_TransferDueAt",
                table: "card_replacements",
                columns: new[] { "State", "TransferDueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_cheques_Bank_Number",
                table: "cheques",
                columns: new[] { "Bank", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_cheques_BranchId_Id",
                table: "cheques",
                columns: new[] { "BranchId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_cheques_CustomerId",
                table: "cheques",
                column: "CustomerId");

            migrationBuilder.CreateIndex(
                name: "IX_consumption_records_CardId_Id",
                table: "consumption_records",
                columns: new[] { "CardId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_consumption_records_Key",
                table: "consumption_records",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_set_aside_consumption_ContentHash",
                table: "set_aside_consumption",
                column: "ContentHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_set_aside_consumption_ResolvedAt_Id",
                table: "set_aside_consumption",
                columns: new[] { "ResolvedAt", "Id" });

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
                name: "allocation_templates");

            migrationBuilder.DropTable(
                name: "bearer_numbers");

            migrationBuilder.DropTable(
                name: "bearer_sale_cards");

            migrationBuilder.DropTable(
                name: "bearer_sales");

            migrationBuilder.DropTable(
                name: "blacklist_entries");

            migrationBuilder.DropTable(
                name: "blacklist_versions");

            migrationBuilder.DropTable(
                name: "card_replacements");

            migrationBuilder.DropTable(
                name: "card_sessions");

            migrationBuilder.DropTable(
                name: "cheques");

            migrationBuilder.DropTable(
                name: "chip_transactions");

            migrationBuilder.DropTable(
                name: "consumption_records");

            migrationBuilder.DropTable(
                name: "customer_cheque_modes");

            migrationBuilder.DropTable(
                name: "set_aside_consumption");

            migrationBuilder.DropTable(
                name: "stamps");

            migrationBuilder.DropTable(
                name: "sub_card_batch_cards");

            migrationBuilder.DropTable(
                name: "sub_card_batches");

            migrationBuilder.DropIndex(
                name: "IX_transactions_CorrectsId",
                table: "transactions");

            migrationBuilder.DropIndex(
                name: "IX_cards_MainOf",
                table: "cards");

            migrationBuilder.DropIndex(
                name: "IX_cards_State_ValidTo",
                table: "cards");

            migrationBuilder.DropIndex(
                name: "IX_card_operations_CardNumber",
                table: "card_operations");

            migrationBuilder.DropIndex(
                name: "IX_card_operations_ChipSerial",
                table: "card_operations");

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

            migrationBuilder.DropColumn(
                name: "ChipSerial",
                table: "card_operations");

            migrationBuilder.DropColumn(
                name: "SettledAs",
                table: "card_operations");

            migrationBuilder.DropColumn(
                name: "TouchedAt",
                table: "card_operations");

            migrationBuilder.CreateIndex(
                name: "IX_transactions_CorrectsId",
                table: "transactions",
                column: "CorrectsId",
                unique: true);
        }
    }
}
