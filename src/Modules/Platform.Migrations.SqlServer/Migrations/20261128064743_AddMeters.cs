using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.SqlServer.Migrations
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
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    MeterType = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    SubMeter = table.Column<int>(type: "int", nullable: false),
                    Domain = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PurchaseLimit = table.Column<long>(type: "bigint", nullable: false),
                    PreStored = table.Column<long>(type: "bigint", nullable: false),
                    PreStoredTerms = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Overdraft = table.Column<long>(type: "bigint", nullable: false),
                    Alarm = table.Column<long>(type: "bigint", nullable: false),
                    Carrier = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    SupplyGroup = table.Column<string>(type: "nvarchar(6)", maxLength: 6, nullable: true, collation: "Latin1_General_100_BIN2"),
                    IsTraining = table.Column<bool>(type: "bit", nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_accounts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_card_reads",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    OperatorId = table.Column<long>(type: "bigint", nullable: false),
                    Image = table.Column<string>(type: "nvarchar(512)", maxLength: 512, nullable: false, collation: "Latin1_General_100_BIN2"),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_card_reads", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_cards",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Serial = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Domain = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: true, collation: "Latin1_General_100_BIN2"),
                    UserId = table.Column<long>(type: "bigint", nullable: true),
                    UserNumber = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: true, collation: "Latin1_General_100_BIN2"),
                    AccountId = table.Column<long>(type: "bigint", nullable: true),
                    SecretRefused = table.Column<bool>(type: "bit", nullable: false),
                    MadeBy = table.Column<long>(type: "bigint", nullable: false),
                    MadeAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    Recycled = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_cards", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_changes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    SupplyId = table.Column<long>(type: "bigint", nullable: false),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    OldMeter = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false, collation: "Latin1_General_100_BIN2"),
                    NewMeter = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false, collation: "Latin1_General_100_BIN2"),
                    OldRemaining = table.Column<long>(type: "bigint", nullable: false),
                    OldTotal = table.Column<long>(type: "bigint", nullable: false),
                    Waiting = table.Column<long>(type: "bigint", nullable: false),
                    PreStored = table.Column<long>(type: "bigint", nullable: false),
                    OnCard = table.Column<long>(type: "bigint", nullable: false),
                    Shortfall = table.Column<long>(type: "bigint", nullable: false),
                    Worth = table.Column<long>(type: "bigint", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ReadBy = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BusinessDate = table.Column<DateOnly>(type: "date", nullable: false),
                    BookedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_changes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_price_versions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    PriceId = table.Column<long>(type: "bigint", nullable: false),
                    ValidFrom = table.Column<DateOnly>(type: "date", nullable: false),
                    Tiers = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_price_versions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_prices",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    AccountId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    YearStartMonth = table.Column<int>(type: "int", nullable: false),
                    YearStartDay = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_prices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_readings",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    SupplyId = table.Column<long>(type: "bigint", nullable: false),
                    MeterNumber = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false, collation: "Latin1_General_100_BIN2"),
                    LastSeq = table.Column<int>(type: "int", nullable: false),
                    Remaining = table.Column<long>(type: "bigint", nullable: false),
                    TotalUse = table.Column<long>(type: "bigint", nullable: false),
                    Result = table.Column<int>(type: "int", nullable: false),
                    Flags = table.Column<int>(type: "int", nullable: false),
                    Difference = table.Column<long>(type: "bigint", nullable: false),
                    MeterTime = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_readings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_sales",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    SupplyId = table.Column<long>(type: "bigint", nullable: false),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    AccountId = table.Column<long>(type: "bigint", nullable: false),
                    PriceId = table.Column<long>(type: "bigint", nullable: false),
                    PriceVersionId = table.Column<long>(type: "bigint", nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    OperatorId = table.Column<long>(type: "bigint", nullable: false),
                    Quantity = table.Column<long>(type: "bigint", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    Sold = table.Column<long>(type: "bigint", nullable: false),
                    Parts = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Stands = table.Column<bool>(type: "bit", nullable: false),
                    GivenBack = table.Column<long>(type: "bigint", nullable: false),
                    OwedTaken = table.Column<long>(type: "bigint", nullable: false),
                    Seq = table.Column<int>(type: "int", nullable: false),
                    Revision = table.Column<int>(type: "int", nullable: false),
                    YearStart = table.Column<DateOnly>(type: "date", nullable: false),
                    SoldBefore = table.Column<long>(type: "bigint", nullable: false),
                    PaymentMethod = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CorrectsId = table.Column<long>(type: "bigint", nullable: true),
                    BusinessDate = table.Column<DateOnly>(type: "date", nullable: false),
                    BookedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_sales", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_supplies",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    AccountId = table.Column<long>(type: "bigint", nullable: false),
                    PriceId = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    MeterNumber = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false, collation: "Latin1_General_100_BIN2"),
                    OpenUser = table.Column<string>(type: "nvarchar(42)", maxLength: 42, nullable: true, collation: "Latin1_General_100_BIN2"),
                    OpenMeter = table.Column<string>(type: "nvarchar(42)", maxLength: 42, nullable: true, collation: "Latin1_General_100_BIN2"),
                    CardId = table.Column<long>(type: "bigint", nullable: true),
                    OperationId = table.Column<long>(type: "bigint", nullable: true),
                    Seq = table.Column<int>(type: "int", nullable: false),
                    Revision = table.Column<int>(type: "int", nullable: false),
                    OnCard = table.Column<long>(type: "bigint", nullable: false),
                    LastSaleId = table.Column<long>(type: "bigint", nullable: true),
                    Owed = table.Column<long>(type: "bigint", nullable: false),
                    YearStart = table.Column<DateOnly>(type: "date", nullable: false),
                    SoldInYear = table.Column<long>(type: "bigint", nullable: false),
                    TotalSold = table.Column<long>(type: "bigint", nullable: false),
                    TotalUseBefore = table.Column<long>(type: "bigint", nullable: false),
                    Baseline = table.Column<long>(type: "bigint", nullable: false),
                    Swiped = table.Column<bool>(type: "bit", nullable: false),
                    Remaining = table.Column<long>(type: "bigint", nullable: true),
                    TotalUse = table.Column<long>(type: "bigint", nullable: true),
                    Flags = table.Column<int>(type: "int", nullable: false),
                    MeterTime = table.Column<DateTime>(type: "datetime2", nullable: true),
                    SeenAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    OpenedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    ClosedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    ContinuesId = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_supplies", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_token_meters",
                columns: table => new
                {
                    SupplyId = table.Column<long>(type: "bigint", nullable: false),
                    Pan = table.Column<string>(type: "nvarchar(18)", maxLength: 18, nullable: false, collation: "Latin1_General_100_BIN2"),
                    TariffIndex = table.Column<string>(type: "nvarchar(2)", maxLength: 2, nullable: false, collation: "Latin1_General_100_BIN2"),
                    KeyRevision = table.Column<int>(type: "int", nullable: false),
                    LastMinute = table.Column<int>(type: "int", nullable: true),
                    LastTokenId = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_token_meters", x => x.SupplyId);
                });

            migrationBuilder.CreateTable(
                name: "meter_tokens",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    SupplyId = table.Column<long>(type: "bigint", nullable: false),
                    RequestId = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Token = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Minute = table.Column<int>(type: "int", nullable: false),
                    Quantity = table.Column<long>(type: "bigint", nullable: false),
                    Credited = table.Column<long>(type: "bigint", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    BusinessDate = table.Column<DateOnly>(type: "date", nullable: false),
                    BookedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meter_tokens", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "meter_users",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Phone = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Address = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CertificateNumber = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: true, collation: "Latin1_General_100_BIN2"),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    RegisteredAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
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
