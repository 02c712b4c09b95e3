using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ApprovalsSealsCompanies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "CredentialVersion",
                table: "sessions",
                newName: "CredentialGeneration");

            migrationBuilder.AddColumn<string>(
                name: "Address",
                table: "sessions",
                type: "TEXT",
                maxLength: 45,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "Mac",
                table: "proven_stretches",
                type: "BLOB",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SealHash",
                table: "day_ends",
                type: "TEXT",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SealNumber",
                table: "day_ends",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Generation",
                table: "credentials",
                type: "INTEGER",
                nullable: false,
                defaultValue: -1000000000);

            migrationBuilder.AddColumn<string>(
                name: "Networks",
                table: "branches",
                type: "TEXT",
                maxLength: 2000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "Entries",
                table: "audit_records",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "approval_requests",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Action = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    TitleEn = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    TitleZh = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Digest = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Target = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    RequesterId = table.Column<long>(type: "INTEGER", nullable: false),
                    CustomerCode = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    CustomerName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    CardNumber = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Amount = table.Column<long>(type: "INTEGER", nullable: true),
                    Facts = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    Fields = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    ApproverRights = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ApproverId = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Token = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    TokenExpiresAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_approval_requests", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "company_details",
                columns: table => new
                {
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Address = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Phone = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    TaxNumber = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_company_details", x => x.BranchId);
                });

            migrationBuilder.CreateTable(
                name: "company_logos",
                columns: table => new
                {
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    MediaType = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Content = table.Column<byte[]>(type: "BLOB", maxLength: 65536, nullable: false),
                    Width = table.Column<int>(type: "INTEGER", nullable: false),
                    Height = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_company_logos", x => x.BranchId);
                });

            migrationBuilder.CreateTable(
                name: "holder_sessions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    BranchId = table.Column<long>(type: "INTEGER", nullable: false),
                    OperatorId = table.Column<long>(type: "INTEGER", nullable: false),
                    ProvedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_holder_sessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "seals",
                columns: table => new
                {
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    FromId = table.Column<long>(type: "INTEGER", nullable: false),
                    ToId = table.Column<long>(type: "INTEGER", nullable: false),
                    Contents = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    SealedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_seals", x => x.Number);
                });

            migrationBuilder.CreateIndex(
                name: "IX_card_sessions_OperatorId_ExpiresAt",
                table: "card_sessions",
                columns: new[] { "OperatorId", "ExpiresAt" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_Owner",
                table: "accounts",
                column: "Owner");

            migrationBuilder.CreateIndex(
                name: "IX_approval_requests_BranchId_ExpiresAt",
                table: "approval_requests",
                columns: new[] { "BranchId", "ExpiresAt" });

            migrationBuilder.CreateIndex(
                name: "IX_approval_requests_RequesterId_ExpiresAt",
                table: "approval_requests",
                columns: new[] { "RequesterId", "ExpiresAt" });

            migrationBuilder.CreateIndex(
                name: "IX_holder_sessions_OperatorId_ExpiresAt",
                table: "holder_sessions",
                columns: new[] { "OperatorId", "ExpiresAt" });

            // Of the records that one caller has under one key only the first is found by it; the others keep the id they had. (A subquery that does
            // not look at the outer row is made once.)
            migrationBuilder.Sql(
                """
                UPDATE idempotency_records SET "Id" = idempotency_id("CallerId", "Key") WHERE "Id" IN (
                    SELECT "Id" FROM (
                        SELECT "Id", row_number() OVER (PARTITION BY "CallerId", "Key" ORDER BY "CreatedAt", "Id") AS n FROM idempotency_records
                    ) WHERE n = 1
                )
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "approval_requests");

            migrationBuilder.DropTable(
                name: "company_details");

            migrationBuilder.DropTable(
                name: "company_logos");

            migrationBuilder.DropTable(
                name: "holder_sessions");

            migrationBuilder.DropTable(
                name: "seals");

            migrationBuilder.DropIndex(
                name: "IX_card_sessions_OperatorId_ExpiresAt",
                table: "card_sessions");

            migrationBuilder.DropIndex(
                name: "IX_accounts_Owner",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "Address",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "Mac",
                table: "proven_stretches");

            migrationBuilder.DropColumn(
                name: "SealHash",
                table: "day_ends");

            migrationBuilder.DropColumn(
                name: "SealNumber",
                table: "day_ends");

            migrationBuilder.DropColumn(
                name: "Generation",
                table: "credentials");

            migrationBuilder.DropColumn(
                name: "Networks",
                table: "branches");

            migrationBuilder.DropColumn(
                name: "Entries",
                table: "audit_records");

            migrationBuilder.RenameColumn(
                name: "CredentialGeneration",
                table: "sessions",
                newName: "CredentialVersion");
        }
    }
}
