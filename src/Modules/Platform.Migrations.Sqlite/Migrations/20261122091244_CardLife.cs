using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class CardLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "IX_cards_State_ValidTo",
                table: "cards",
                columns: new[] { "State", "ValidTo" });

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "blacklist_entries");

            migrationBuilder.DropTable(
                name: "blacklist_versions");

            migrationBuilder.DropTable(
                name: "card_replacements");

            migrationBuilder.DropTable(
                name: "consumption_records");

            migrationBuilder.DropTable(
                name: "set_aside_consumption");

            migrationBuilder.DropIndex(
                name: "IX_cards_State_ValidTo",
                table: "cards");
        }
    }
}
