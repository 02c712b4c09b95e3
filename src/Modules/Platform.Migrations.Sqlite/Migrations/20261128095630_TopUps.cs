using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.Sqlite.Migrations
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
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    TillNumber = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Wrong = table.Column<int>(type: "INTEGER", nullable: false),
                    StoppedUntil = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_redemption_tills", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "redemptions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    RequestKey = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    OperatorId = table.Column<long>(type: "INTEGER", nullable: false),
                    TillNumber = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    ReceiptDate = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    CodeHead = table.Column<string>(type: "TEXT", maxLength: 11, nullable: false),
                    CodeHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ReceiptNumber = table.Column<long>(type: "INTEGER", nullable: true),
                    ReleasedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Advice = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    AskAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Asked = table.Column<int>(type: "INTEGER", nullable: false),
                    RefusedAdvice = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    BusinessDate = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    BookedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_redemptions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "till_receipts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    Date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    TillNumber = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_till_receipts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "till_totals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    Date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    TillNumber = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Count = table.Column<long>(type: "INTEGER", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_till_totals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_up_call_backs",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    TopUpId = table.Column<long>(type: "INTEGER", nullable: false),
                    TakenAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_up_call_backs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_up_carriers",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    IsOpen = table.Column<bool>(type: "INTEGER", nullable: false),
                    Amounts = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Least = table.Column<long>(type: "INTEGER", nullable: false),
                    Most = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangeMost = table.Column<long>(type: "INTEGER", nullable: false),
                    DailyCount = table.Column<int>(type: "INTEGER", nullable: false),
                    DailyAmount = table.Column<long>(type: "INTEGER", nullable: false),
                    OpensAt = table.Column<int>(type: "INTEGER", nullable: false),
                    ClosesAt = table.Column<int>(type: "INTEGER", nullable: false),
                    WarnBelow = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_up_carriers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_up_credit_payments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    CarrierId = table.Column<long>(type: "INTEGER", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    BusinessDate = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    BookedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_up_credit_payments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_up_exceptions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    TopUpId = table.Column<long>(type: "INTEGER", nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    OurState = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    TheirAnswer = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    FoundAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Evidence = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    SettledById = table.Column<long>(type: "INTEGER", nullable: true),
                    ApproverId = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_up_exceptions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_up_phone_days",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Phone = table.Column<string>(type: "TEXT", maxLength: 11, nullable: false),
                    Date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_up_phone_days", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_up_pin_batches",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    CarrierId = table.Column<long>(type: "INTEGER", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    BusinessDate = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    BookedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_up_pin_batches", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_up_pins",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    BatchId = table.Column<long>(type: "INTEGER", nullable: false),
                    CarrierId = table.Column<long>(type: "INTEGER", nullable: false),
                    Serial = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Secret = table.Column<byte[]>(type: "BLOB", maxLength: 100, nullable: false),
                    FaceValue = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SaleId = table.Column<long>(type: "INTEGER", nullable: true),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: true),
                    TillNumber = table.Column<string>(type: "TEXT", maxLength: 12, nullable: true),
                    ReceiptNumber = table.Column<long>(type: "INTEGER", nullable: true),
                    ReceiptDate = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Allowed = table.Column<int>(type: "INTEGER", nullable: false),
                    Shown = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_up_pins", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_up_prefixes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Prefix = table.Column<string>(type: "TEXT", maxLength: 5, nullable: false),
                    CarrierCode = table.Column<string>(type: "TEXT", maxLength: 8, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_up_prefixes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_up_statement_differences",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    CarrierId = table.Column<long>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    OurAmount = table.Column<long>(type: "INTEGER", nullable: false),
                    TheirAmount = table.Column<long>(type: "INTEGER", nullable: false),
                    OurState = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    TheirState = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Evidence = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    SettledById = table.Column<long>(type: "INTEGER", nullable: true),
                    ApproverId = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_top_up_statement_differences", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "top_ups",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    RequestKey = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CarrierId = table.Column<long>(type: "INTEGER", nullable: false),
                    CreditedById = table.Column<long>(type: "INTEGER", nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    OperatorId = table.Column<long>(type: "INTEGER", nullable: false),
                    TillNumber = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    ReceiptNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    ReceiptLine = table.Column<int>(type: "INTEGER", nullable: false),
                    ReceiptDate = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Phone = table.Column<string>(type: "TEXT", maxLength: 11, nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Hold = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ValidUntil = table.Column<DateTime>(type: "TEXT", nullable: false),
                    AskAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Asked = table.Column<int>(type: "INTEGER", nullable: false),
                    Unknowns = table.Column<int>(type: "INTEGER", nullable: false),
                    CarrierSerial = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    CreditedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    FailureCode = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    EndedById = table.Column<long>(type: "INTEGER", nullable: true),
                    RefundId = table.Column<long>(type: "INTEGER", nullable: true),
                    LossId = table.Column<long>(type: "INTEGER", nullable: true),
                    BusinessDate = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    BookedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
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
