using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class RechargeListsClaimsStatements : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_transactions_CustomerId_Id",
                table: "transactions");

            migrationBuilder.AddColumn<long>(
                name: "DecidedById",
                table: "set_aside_consumption",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Decision",
                table: "set_aside_consumption",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DecisionApproverId",
                table: "set_aside_consumption",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DecisionReason",
                table: "set_aside_consumption",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TransactionId",
                table: "set_aside_consumption",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Owed",
                table: "cheques",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "recharge_list_file_parts",
                columns: table => new
                {
                    ListId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recharge_list_file_parts", x => new { x.ListId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "recharge_list_jobs",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    ListId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    FromLine = table.Column<int>(type: "integer", nullable: false),
                    ToLine = table.Column<int>(type: "integer", nullable: false),
                    Holder = table.Column<long>(type: "bigint", nullable: false),
                    LeasedUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    IsDone = table.Column<bool>(type: "boolean", nullable: false),
                    Posted = table.Column<int>(type: "integer", nullable: false),
                    Failed = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recharge_list_jobs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "recharge_list_lines",
                columns: table => new
                {
                    ListId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    CardNumber = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    AmountText = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    HolderName = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    Remark = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    CardId = table.Column<long>(type: "bigint", nullable: true),
                    ReasonCode = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    ReasonEn = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    ReasonZh = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recharge_list_lines", x => new { x.ListId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "recharge_list_outcomes",
                columns: table => new
                {
                    ListId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    TransactionId = table.Column<long>(type: "bigint", nullable: true),
                    ReasonCode = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    ReasonEn = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    ReasonZh = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recharge_list_outcomes", x => new { x.ListId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "recharge_lists",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    OperatorId = table.Column<long>(type: "bigint", nullable: false),
                    SubmittedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Format = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Layout = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    FileName = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    FileBytes = table.Column<int>(type: "integer", nullable: false),
                    ContentHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ContentKey = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    CheckTries = table.Column<int>(type: "integer", nullable: false),
                    CheckStartedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    CheckedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Lines = table.Column<int>(type: "integer", nullable: false),
                    CheckedPercent = table.Column<int>(type: "integer", nullable: false),
                    BadLines = table.Column<int>(type: "integer", nullable: false),
                    LastLine = table.Column<int>(type: "integer", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    FaultCode = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    FaultEn = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    FaultZh = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    FaultLine = table.Column<int>(type: "integer", nullable: true),
                    VoidedById = table.Column<long>(type: "bigint", nullable: true),
                    VoidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ReleasedById = table.Column<long>(type: "bigint", nullable: true),
                    ReleaserId = table.Column<long>(type: "bigint", nullable: true),
                    ReleasedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    PostingStartedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    FinishedById = table.Column<long>(type: "bigint", nullable: true),
                    FinishedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    PostedLines = table.Column<int>(type: "integer", nullable: false),
                    PostedAmount = table.Column<long>(type: "bigint", nullable: false),
                    FailedLines = table.Column<int>(type: "integer", nullable: false),
                    RetrievedById = table.Column<long>(type: "bigint", nullable: true),
                    RetrievedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recharge_lists", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_transactions_CardId_BusinessDate_Id",
                table: "transactions",
                columns: new[] { "CardId", "BusinessDate", "Id" },
                filter: "\"CardId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_transactions_CustomerId_BusinessDate_Id",
                table: "transactions",
                columns: new[] { "CustomerId", "BusinessDate", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_customers_Phone",
                table: "customers",
                column: "Phone");

            migrationBuilder.CreateIndex(
                name: "IX_recharge_list_jobs_IsDone_LeasedUntil",
                table: "recharge_list_jobs",
                columns: new[] { "IsDone", "LeasedUntil" });

            migrationBuilder.CreateIndex(
                name: "IX_recharge_list_jobs_ListId",
                table: "recharge_list_jobs",
                column: "ListId");

            migrationBuilder.CreateIndex(
                name: "IX_recharge_lists_BranchId_Id",
                table: "recharge_lists",
                columns: new[] { "BranchId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_recharge_lists_ContentHash",
                table: "recharge_lists",
                column: "ContentHash");

            migrationBuilder.CreateIndex(
                name: "IX_recharge_lists_ContentKey",
                table: "recharge_lists",
                column: "ContentKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_recharge_lists_CustomerId_Id",
                table: "recharge_lists",
                columns: new[] { "CustomerId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_recharge_lists_State_Id",
                table: "recharge_lists",
                columns: new[] { "State", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "recharge_list_file_parts");

            migrationBuilder.DropTable(
                name: "recharge_list_jobs");

            migrationBuilder.DropTable(
                name: "recharge_list_lines");

            migrationBuilder.DropTable(
                name: "recharge_list_outcomes");

            migrationBuilder.DropTable(
                name: "recharge_lists");

            migrationBuilder.DropIndex(
                name: "IX_transactions_CardId_BusinessDate_Id",
                table: "transactions");

            migrationBuilder.DropIndex(
                name: "IX_transactions_CustomerId_BusinessDate_Id",
                table: "transactions");

            migrationBuilder.DropIndex(
                name: "IX_customers_Phone",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "DecidedById",
                table: "set_aside_consumption");

            migrationBuilder.DropColumn(
                name: "Decision",
                table: "set_aside_consumption");

            migrationBuilder.DropColumn(
                name: "DecisionApproverId",
                table: "set_aside_consumption");

            migrationBuilder.DropColumn(
                name: "DecisionReason",
                table: "set_aside_consumption");

            migrationBuilder.DropColumn(
                name: "TransactionId",
                table: "set_aside_consumption");

            migrationBuilder.DropColumn(
                name: "Owed",
                table: "cheques");

            migrationBuilder.CreateIndex(
                name: "IX_transactions_CustomerId_Id",
                table: "transactions",
                columns: new[] { "CustomerId", "Id" });
        }
    }
}
