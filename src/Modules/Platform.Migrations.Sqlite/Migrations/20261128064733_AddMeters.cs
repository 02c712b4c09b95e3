using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddMeters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "meter_accounts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    MeterType = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SubMeter = table.Column<int>(type: "INTEGER", nullable: false),
                    Domain = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    PurchaseLimit = table.Column<long>(type: "INTEGER", nullable: false),
                    PreStored = table.Column<long>(type: "INTEGER", nullable: false),
                    PreStoredTerms = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Overdraft = table.Column<long>(type: "INTEGER", nullable: false),
                    Alarm = table.Column<long>(type: "INTEGER", nullable: false),
                    Carrier = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SupplyGroup = table.Column<string>(type: "TEXT", maxLength: 6, nullable: true),
                    IsTraining = table.Column<bool>(type: "INTEGER", nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_accounts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_card_reads",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    OperatorId = table.Column<long>(type: "INTEGER", nullable: false),
                    Image = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_card_reads", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_cards",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Serial = table.Column<long>(type: "INTEGER", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Domain = table.Column<string>(type: "TEXT", maxLength: 8, nullable: true),
                    UserId = table.Column<long>(type: "INTEGER", nullable: true),
                    UserNumber = table.Column<string>(type: "TEXT", maxLength: 12, nullable: true),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: true),
                    SecretRefused = table.Column<bool>(type: "INTEGER", nullable: false),
                    MadeBy = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    Recycled = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_cards", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_changes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    SupplyId = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    OldMeter = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    NewMeter = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    OldRemaining = table.Column<long>(type: "INTEGER", nullable: false),
                    OldTotal = table.Column<long>(type: "INTEGER", nullable: false),
                    Waiting = table.Column<long>(type: "INTEGER", nullable: false),
                    PreStored = table.Column<long>(type: "INTEGER", nullable: false),
                    OnCard = table.Column<long>(type: "INTEGER", nullable: false),
                    Shortfall = table.Column<long>(type: "INTEGER", nullable: false),
                    Worth = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ReadBy = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    BusinessDate = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    BookedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_changes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_price_versions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    PriceId = table.Column<long>(type: "INTEGER", nullable: false),
                    ValidFrom = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Tiers = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_price_versions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_prices",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    YearStartMonth = table.Column<int>(type: "INTEGER", nullable: false),
                    YearStartDay = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_prices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_readings",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    SupplyId = table.Column<long>(type: "INTEGER", nullable: false),
                    MeterNumber = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    LastSeq = table.Column<int>(type: "INTEGER", nullable: false),
                    Remaining = table.Column<long>(type: "INTEGER", nullable: false),
                    TotalUse = table.Column<long>(type: "INTEGER", nullable: false),
                    Result = table.Column<int>(type: "INTEGER", nullable: false),
                    Flags = table.Column<int>(type: "INTEGER", nullable: false),
                    Difference = table.Column<long>(type: "INTEGER", nullable: false),
                    MeterTime = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_readings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_sales",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SupplyId = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    PriceId = table.Column<long>(type: "INTEGER", nullable: false),
                    PriceVersionId = table.Column<long>(type: "INTEGER", nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    OperatorId = table.Column<long>(type: "INTEGER", nullable: false),
                    Quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    Sold = table.Column<long>(type: "INTEGER", nullable: false),
                    Parts = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    Stands = table.Column<bool>(type: "INTEGER", nullable: false),
                    GivenBack = table.Column<long>(type: "INTEGER", nullable: false),
                    OwedTaken = table.Column<long>(type: "INTEGER", nullable: false),
                    Seq = table.Column<int>(type: "INTEGER", nullable: false),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false),
                    YearStart = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    SoldBefore = table.Column<long>(type: "INTEGER", nullable: false),
                    PaymentMethod = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    CorrectsId = table.Column<long>(type: "INTEGER", nullable: true),
                    BusinessDate = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    BookedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_sales", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_supplies",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    PriceId = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    MeterNumber = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    OpenUser = table.Column<string>(type: "TEXT", maxLength: 42, nullable: true),
                    OpenMeter = table.Column<string>(type: "TEXT", maxLength: 42, nullable: true),
                    CardId = table.Column<long>(type: "INTEGER", nullable: true),
                    OperationId = table.Column<long>(type: "INTEGER", nullable: true),
                    Seq = table.Column<int>(type: "INTEGER", nullable: false),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false),
                    OnCard = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSaleId = table.Column<long>(type: "INTEGER", nullable: true),
                    Owed = table.Column<long>(type: "INTEGER", nullable: false),
                    YearStart = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    SoldInYear = table.Column<long>(type: "INTEGER", nullable: false),
                    TotalSold = table.Column<long>(type: "INTEGER", nullable: false),
                    TotalUseBefore = table.Column<long>(type: "INTEGER", nullable: false),
                    Baseline = table.Column<long>(type: "INTEGER", nullable: false),
                    Swiped = table.Column<bool>(type: "INTEGER", nullable: false),
                    Remaining = table.Column<long>(type: "INTEGER", nullable: true),
                    TotalUse = table.Column<long>(type: "INTEGER", nullable: true),
                    Flags = table.Column<int>(type: "INTEGER", nullable: false),
                    MeterTime = table.Column<DateTime>(type: "TEXT", nullable: true),
                    SeenAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    OpenedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ClosedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ContinuesId = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_supplies", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_token_meters",
                columns: table => new
                {
                    SupplyId = table.Column<long>(type: "INTEGER", nullable: false),
                    Pan = table.Column<string>(type: "TEXT", maxLength: 18, nullable: false),
                    TariffIndex = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    KeyRevision = table.Column<int>(type: "INTEGER", nullable: false),
                    LastMinute = table.Column<int>(type: "INTEGER", nullable: true),
                    LastTokenId = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_token_meters", x => x.SupplyId);
                });

            migrationBuilder.CreateTable(
                name: "meter_tokens",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    SupplyId = table.Column<long>(type: "INTEGER", nullable: false),
                    RequestId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Token = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Minute = table.Column<int>(type: "INTEGER", nullable: false),
                    Quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    Credited = table.Column<long>(type: "INTEGER", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    BusinessDate = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    BookedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_tokens", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_users",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Phone = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    CertificateNumber = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    RegisteredAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_users", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_meter_accounts_Domain_SubMeter",
                table: "meter_accounts",
                columns: new[] { "Domain", "SubMeter" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_meter_cards_BranchId_Kind_Id",
                table: "meter_cards",
                columns: new[] { "BranchId", "Kind", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_meter_cards_Number",
                table: "meter_cards",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_meter_cards_Serial",
                table: "meter_cards",
                column: "Serial",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_meter_cards_UserId",
                table: "meter_cards",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_meter_changes_SupplyId_Id",
                table: "meter_changes",
                columns: new[] { "SupplyId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_meter_price_versions_PriceId_ValidFrom",
                table: "meter_price_versions",
                columns: new[] { "PriceId", "ValidFrom" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_meter_prices_AccountId_Name",
                table: "meter_prices",
                columns: new[] { "AccountId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_meter_readings_SupplyId_Id",
                table: "meter_readings",
                columns: new[] { "SupplyId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_meter_sales_AccountId_BusinessDate",
                table: "meter_sales",
                columns: new[] { "AccountId", "BusinessDate" });

            migrationBuilder.CreateIndex(
                name: "IX_meter_sales_BranchId_BusinessDate",
                table: "meter_sales",
                columns: new[] { "BranchId", "BusinessDate" });

            migrationBuilder.CreateIndex(
                name: "IX_meter_sales_PriceId",
                table: "meter_sales",
                column: "PriceId");

            migrationBuilder.CreateIndex(
                name: "IX_meter_sales_SupplyId_Id",
                table: "meter_sales",
                columns: new[] { "SupplyId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_meter_sales_UserId",
                table: "meter_sales",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_meter_supplies_AccountId_State_Id",
                table: "meter_supplies",
                columns: new[] { "AccountId", "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_meter_supplies_CardId",
                table: "meter_supplies",
                column: "CardId");

            migrationBuilder.CreateIndex(
                name: "IX_meter_supplies_MeterNumber",
                table: "meter_supplies",
                column: "MeterNumber");

            migrationBuilder.CreateIndex(
                name: "IX_meter_supplies_OpenMeter",
                table: "meter_supplies",
                column: "OpenMeter",
                unique: true,
                filter: "\"OpenMeter\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_meter_supplies_OpenUser",
                table: "meter_supplies",
                column: "OpenUser",
                unique: true,
                filter: "\"OpenUser\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_meter_supplies_PriceId",
                table: "meter_supplies",
                column: "PriceId");

            migrationBuilder.CreateIndex(
                name: "IX_meter_supplies_UserId",
                table: "meter_supplies",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_meter_tokens_SupplyId_RequestId",
                table: "meter_tokens",
                columns: new[] { "SupplyId", "RequestId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_meter_users_Name",
                table: "meter_users",
                column: "Name");

            migrationBuilder.CreateIndex(
                name: "IX_meter_users_Number",
                table: "meter_users",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_meter_users_Phone",
                table: "meter_users",
                column: "Phone");

            migrationBuilder.CreateIndex(
                name: "IX_meter_users_State_Id",
                table: "meter_users",
                columns: new[] { "State", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "meter_accounts");

            migrationBuilder.DropTable(
                name: "meter_card_reads");

            migrationBuilder.DropTable(
                name: "meter_cards");

            migrationBuilder.DropTable(
                name: "meter_changes");

            migrationBuilder.DropTable(
                name: "meter_price_versions");

            migrationBuilder.DropTable(
                name: "meter_prices");

            migrationBuilder.DropTable(
                name: "meter_readings");

            migrationBuilder.DropTable(
                name: "meter_sales");

            migrationBuilder.DropTable(
                name: "meter_supplies");

            migrationBuilder.DropTable(
                name: "meter_token_meters");

            migrationBuilder.DropTable(
                name: "meter_tokens");

            migrationBuilder.DropTable(
                name: "meter_users");
        }
    }
}
