using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.PostgreSql.Migrations
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
                    TillNumber = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    Wrong = table.Column<int>(type: "integer", nullable: false),
                    StoppedUntil = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
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
                    RequestKey = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    OperatorId = table.Column<long>(type: "bigint", nullable: false),
                    TillNumber = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    ReceiptDate = table.Column<DateOnly>(type: "date", nullable: false),
                    CodeHead = table.Column<string>(type: "character varying(11)", maxLength: 11, nullable: false),
                    CodeHash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ReceiptNumber = table.Column<long>(type: "bigint", nullable: true),
                    ReleasedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Advice = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    AskAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Asked = table.Column<int>(type: "integer", nullable: false),
                    RefusedAdvice = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    BusinessDate = table.Column<DateOnly>(type: "date", nullable: false),
                    BookedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
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
                    TillNumber = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
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
                    TillNumber = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Count = table.Column<long>(type: "bigint", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
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
                    Number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    TopUpId = table.Column<long>(type: "bigint", nullable: false),
                    TakenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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
                    Code = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    Name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    IsOpen = table.Column<bool>(type: "boolean", nullable: false),
                    Amounts = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Least = table.Column<long>(type: "bigint", nullable: false),
                    Most = table.Column<long>(type: "bigint", nullable: false),
                    ChangeMost = table.Column<long>(type: "bigint", nullable: false),
                    DailyCount = table.Column<int>(type: "integer", nullable: false),
                    DailyAmount = table.Column<long>(type: "bigint", nullable: false),
                    OpensAt = table.Column<int>(type: "integer", nullable: false),
                    ClosesAt = table.Column<int>(type: "integer", nullable: false),
                    WarnBelow = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
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
                    BookedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    OurState = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    TheirAnswer = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    FoundAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    SettledById = table.Column<long>(type: "bigint", nullable: true),
                    ApproverId = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
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
                    Phone = table.Column<string>(type: "character varying(11)", maxLength: 11, nullable: false),
                    Date = table.Column<DateOnly>(type: "date", nullable: false),
                    Count = table.Column<int>(type: "integer", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
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
                    Number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Count = table.Column<int>(type: "integer", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    BusinessDate = table.Column<DateOnly>(type: "date", nullable: false),
                    BookedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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
                    Serial = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Secret = table.Column<byte[]>(type: "bytea", maxLength: 100, nullable: false),
                    FaceValue = table.Column<long>(type: "bigint", nullable: false),
                    ExpiresOn = table.Column<DateOnly>(type: "date", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    SaleId = table.Column<long>(type: "bigint", nullable: true),
                    BranchId = table.Column<long>(type: "bigint", nullable: true),
                    TillNumber = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: true),
                    ReceiptNumber = table.Column<long>(type: "bigint", nullable: true),
                    ReceiptDate = table.Column<DateOnly>(type: "date", nullable: true),
                    Allowed = table.Column<int>(type: "integer", nullable: false),
                    Shown = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
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
                    Prefix = table.Column<string>(type: "character varying(5)", maxLength: 5, nullable: false),
                    CarrierCode = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
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
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Reference = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    OurAmount = table.Column<long>(type: "bigint", nullable: false),
                    TheirAmount = table.Column<long>(type: "bigint", nullable: false),
                    OurState = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    TheirState = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    SettledById = table.Column<long>(type: "bigint", nullable: true),
                    ApproverId = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
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
                    RequestKey = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    CarrierId = table.Column<long>(type: "bigint", nullable: false),
                    CreditedById = table.Column<long>(type: "bigint", nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    OperatorId = table.Column<long>(type: "bigint", nullable: false),
                    TillNumber = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    ReceiptNumber = table.Column<long>(type: "bigint", nullable: false),
                    ReceiptLine = table.Column<int>(type: "integer", nullable: false),
                    ReceiptDate = table.Column<DateOnly>(type: "date", nullable: false),
                    Phone = table.Column<string>(type: "character varying(11)", maxLength: 11, nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Hold = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ValidUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    AskAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Asked = table.Column<int>(type: "integer", nullable: false),
                    Unknowns = table.Column<int>(type: "integer", nullable: false),
                    CarrierSerial = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    CreditedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    FailureCode = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    EndedById = table.Column<long>(type: "bigint", nullable: true),
                    RefundId = table.Column<long>(type: "bigint", nullable: true),
                    LossId = table.Column<long>(type: "bigint", nullable: true),
                    BusinessDate = table.Column<DateOnly>(type: "date", nullable: false),
                    BookedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
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
