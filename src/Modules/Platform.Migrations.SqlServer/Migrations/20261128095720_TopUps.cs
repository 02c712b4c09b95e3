using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class TopUps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "redemption_tills",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    TillNumber = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Wrong = table.Column<int>(type: "int", nullable: false),
                    StoppedUntil = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_redemption_tills", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "redemptions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    RequestKey = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    OperatorId = table.Column<long>(type: "bigint", nullable: false),
                    TillNumber = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ReceiptDate = table.Column<DateOnly>(type: "date", nullable: false),
                    CodeHead = table.Column<string>(type: "nvarchar(11)", maxLength: 11, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CodeHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ReceiptNumber = table.Column<long>(type: "bigint", nullable: true),
                    ReleasedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Advice = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    AskAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Asked = table.Column<int>(type: "int", nullable: false),
                    RefusedAdvice = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    BusinessDate = table.Column<DateOnly>(type: "date", nullable: false),
                    BookedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_redemptions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "till_receipts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    Date = table.Column<DateOnly>(type: "date", nullable: false),
                    TillNumber = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_till_receipts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "till_totals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    Date = table.Column<DateOnly>(type: "date", nullable: false),
                    TillNumber = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Count = table.Column<long>(type: "bigint", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_till_totals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_up_call_backs",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    TopUpId = table.Column<long>(type: "bigint", nullable: false),
                    TakenAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_up_call_backs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_up_carriers",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Code = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    IsOpen = table.Column<bool>(type: "bit", nullable: false),
                    Amounts = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Least = table.Column<long>(type: "bigint", nullable: false),
                    Most = table.Column<long>(type: "bigint", nullable: false),
                    ChangeMost = table.Column<long>(type: "bigint", nullable: false),
                    DailyCount = table.Column<int>(type: "int", nullable: false),
                    DailyAmount = table.Column<long>(type: "bigint", nullable: false),
                    OpensAt = table.Column<int>(type: "int", nullable: false),
                    ClosesAt = table.Column<int>(type: "int", nullable: false),
                    WarnBelow = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_up_carriers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_up_credit_payments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    CarrierId = table.Column<long>(type: "bigint", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    BusinessDate = table.Column<DateOnly>(type: "date", nullable: false),
                    BookedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_up_credit_payments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_up_exceptions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    TopUpId = table.Column<long>(type: "bigint", nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    OurState = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    TheirAnswer = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true, collation: "Latin1_General_100_BIN2"),
                    FoundAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Evidence = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    SettledById = table.Column<long>(type: "bigint", nullable: true),
                    ApproverId = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_up_exceptions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_up_phone_days",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Phone = table.Column<string>(type: "nvarchar(11)", maxLength: 11, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Date = table.Column<DateOnly>(type: "date", nullable: false),
                    Count = table.Column<int>(type: "int", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_up_phone_days", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_up_pin_batches",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    CarrierId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Count = table.Column<int>(type: "int", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    BusinessDate = table.Column<DateOnly>(type: "date", nullable: false),
                    BookedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_up_pin_batches", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_up_pins",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    BatchId = table.Column<long>(type: "bigint", nullable: false),
                    CarrierId = table.Column<long>(type: "bigint", nullable: false),
                    Serial = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Secret = table.Column<byte[]>(type: "varbinary(100)", maxLength: 100, nullable: false),
                    FaceValue = table.Column<long>(type: "bigint", nullable: false),
                    ExpiresOn = table.Column<DateOnly>(type: "date", nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    SaleId = table.Column<long>(type: "bigint", nullable: true),
                    BranchId = table.Column<long>(type: "bigint", nullable: true),
                    TillNumber = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ReceiptNumber = table.Column<long>(type: "bigint", nullable: true),
                    ReceiptDate = table.Column<DateOnly>(type: "date", nullable: true),
                    Allowed = table.Column<int>(type: "int", nullable: false),
                    Shown = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_up_pins", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_up_prefixes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Prefix = table.Column<string>(type: "nvarchar(5)", maxLength: 5, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CarrierCode = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_up_prefixes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_up_statement_differences",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    CarrierId = table.Column<long>(type: "bigint", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Reference = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    OurAmount = table.Column<long>(type: "bigint", nullable: false),
                    TheirAmount = table.Column<long>(type: "bigint", nullable: false),
                    OurState = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    TheirState = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Evidence = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    SettledById = table.Column<long>(type: "bigint", nullable: true),
                    ApproverId = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_up_statement_differences", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_ups",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    RequestKey = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CarrierId = table.Column<long>(type: "bigint", nullable: false),
                    CreditedById = table.Column<long>(type: "bigint", nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    OperatorId = table.Column<long>(type: "bigint", nullable: false),
                    TillNumber = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ReceiptNumber = table.Column<long>(type: "bigint", nullable: false),
                    ReceiptLine = table.Column<int>(type: "int", nullable: false),
                    ReceiptDate = table.Column<DateOnly>(type: "date", nullable: false),
                    Phone = table.Column<string>(type: "nvarchar(11)", maxLength: 11, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Hold = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ValidUntil = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AskAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Asked = table.Column<int>(type: "int", nullable: false),
                    Unknowns = table.Column<int>(type: "int", nullable: false),
                    CarrierSerial = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    CreditedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    FailureCode = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    EndedById = table.Column<long>(type: "bigint", nullable: true),
                    RefundId = table.Column<long>(type: "bigint", nullable: true),
                    LossId = table.Column<long>(type: "bigint", nullable: true),
                    BusinessDate = table.Column<DateOnly>(type: "date", nullable: false),
                    BookedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_ups", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_redemption_tills_Till",
                table: "redemption_tills",
                columns: new[] { "BranchId", "TillNumber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_redemptions_AskAt",
                table: "redemptions",
                column: "AskAt");

            migrationBuilder.CreateIndex(
                name: "IX_redemptions_BranchId_ReceiptDate_Id",
                table: "redemptions",
                columns: new[] { "BranchId", "ReceiptDate", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_redemptions_CodeHead",
                table: "redemptions",
                column: "CodeHead");

            migrationBuilder.CreateIndex(
                name: "IX_redemptions_RequestKey",
                table: "redemptions",
                column: "RequestKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_till_receipts_Number",
                table: "till_receipts",
                columns: new[] { "BranchId", "Date", "TillNumber", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_till_totals_Day",
                table: "till_totals",
                columns: new[] { "BranchId", "Date", "TillNumber", "Kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_top_up_call_backs_Number",
                table: "top_up_call_backs",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_top_up_carriers_Code",
                table: "top_up_carriers",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_top_up_credit_payments_CarrierId_Id",
                table: "top_up_credit_payments",
                columns: new[] { "CarrierId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_top_up_exceptions_BranchId_State_Id",
                table: "top_up_exceptions",
                columns: new[] { "BranchId", "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_top_up_exceptions_TopUp",
                table: "top_up_exceptions",
                columns: new[] { "TopUpId", "Kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_top_up_phone_days_Day",
                table: "top_up_phone_days",
                columns: new[] { "Phone", "Date" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_top_up_pin_batches_Number",
                table: "top_up_pin_batches",
                columns: new[] { "CarrierId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_top_up_pins_BatchId",
                table: "top_up_pins",
                column: "BatchId");

            migrationBuilder.CreateIndex(
                name: "IX_top_up_pins_CarrierId_FaceValue_State_Id",
                table: "top_up_pins",
                columns: new[] { "CarrierId", "FaceValue", "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_top_up_pins_Receipt",
                table: "top_up_pins",
                columns: new[] { "BranchId", "ReceiptDate", "TillNumber", "ReceiptNumber" },
                unique: true,
                filter: "\"ReceiptNumber\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_top_up_pins_SaleId",
                table: "top_up_pins",
                column: "SaleId");

            migrationBuilder.CreateIndex(
                name: "IX_top_up_pins_Serial",
                table: "top_up_pins",
                columns: new[] { "CarrierId", "Serial" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_top_up_prefixes_Prefix",
                table: "top_up_prefixes",
                column: "Prefix",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_top_up_statement_differences_Line",
                table: "top_up_statement_differences",
                columns: new[] { "CarrierId", "Day", "Reference", "Kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_top_up_statement_differences_State_Id",
                table: "top_up_statement_differences",
                columns: new[] { "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_top_ups_CreditedOn_CreditedById",
                table: "top_ups",
                columns: new[] { "CreditedOn", "CreditedById" });

            migrationBuilder.CreateIndex(
                name: "IX_top_ups_Phone_Id",
                table: "top_ups",
                columns: new[] { "Phone", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_top_ups_Receipt",
                table: "top_ups",
                columns: new[] { "BranchId", "ReceiptDate", "TillNumber", "ReceiptNumber", "ReceiptLine" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_top_ups_RequestKey",
                table: "top_ups",
                column: "RequestKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_top_ups_State_AskAt",
                table: "top_ups",
                columns: new[] { "State", "AskAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "redemption_tills");

            migrationBuilder.DropTable(
                name: "redemptions");

            migrationBuilder.DropTable(
                name: "till_receipts");

            migrationBuilder.DropTable(
                name: "till_totals");

            migrationBuilder.DropTable(
                name: "top_up_call_backs");

            migrationBuilder.DropTable(
                name: "top_up_carriers");

            migrationBuilder.DropTable(
                name: "top_up_credit_payments");

            migrationBuilder.DropTable(
                name: "top_up_exceptions");

            migrationBuilder.DropTable(
                name: "top_up_phone_days");

            migrationBuilder.DropTable(
                name: "top_up_pin_batches");

            migrationBuilder.DropTable(
                name: "top_up_pins");

            migrationBuilder.DropTable(
                name: "top_up_prefixes");

            migrationBuilder.DropTable(
                name: "top_up_statement_differences");

            migrationBuilder.DropTable(
                name: "top_ups");
        }
    }
}
