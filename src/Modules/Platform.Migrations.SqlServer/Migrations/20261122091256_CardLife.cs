using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.SqlServer.Migrations
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
                    CardId = table.Column<long>(type: "bigint", nullable: false),
                    CardNumber = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false),
                    Listed = table.Column<bool>(type: "bit", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    ChangedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Number = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_blacklist_entries", x => x.CardId);
                });

            migrationBuilder.CreateTable(
                name: "blacklist_versions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Last = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_blacklist_versions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "card_replacements",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    OldCardId = table.Column<long>(type: "bigint", nullable: false),
                    NewCardId = table.Column<long>(type: "bigint", nullable: false),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    OperatorId = table.Column<long>(type: "bigint", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    ReplacedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    TransferDueAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    TransferredAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    Points = table.Column<long>(type: "bigint", nullable: false),
                    TransactionId = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_card_replacements", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "consumption_records",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Key = table.Column<string>(type: "nvarchar(24)", maxLength: 24, nullable: false),
                    CardId = table.Column<long>(type: "bigint", nullable: false),
                    Application = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Counter = table.Column<int>(type: "int", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    StationCode = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false),
                    Terminal = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false),
                    TerminalTransaction = table.Column<long>(type: "bigint", nullable: false),
                    ConsumedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    OilType = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    Millilitres = table.Column<long>(type: "bigint", nullable: false),
                    Tac = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: true),
                    GreyTac = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: true),
                    BalanceAfter = table.Column<long>(type: "bigint", nullable: true),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    BatchId = table.Column<long>(type: "bigint", nullable: false),
                    BatchIndex = table.Column<int>(type: "int", nullable: false),
                    OperationId = table.Column<long>(type: "bigint", nullable: true),
                    TransactionId = table.Column<long>(type: "bigint", nullable: true),
                    ReceivedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_consumption_records", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "set_aside_consumption",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    ContentHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Record = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    ReceivedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ResolvedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
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
                unique: true,
                filter: "[Number] IS NOT NULL");

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
