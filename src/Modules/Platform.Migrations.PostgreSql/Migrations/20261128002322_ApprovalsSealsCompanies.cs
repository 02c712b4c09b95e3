using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.PostgreSql.Migrations
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
                type: "character varying(45)",
                maxLength: 45,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "Mac",
                table: "proven_stretches",
                type: "bytea",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SealHash",
                table: "day_ends",
                type: "character varying(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SealNumber",
                table: "day_ends",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Generation",
                table: "credentials",
                type: "integer",
                nullable: false,
                defaultValue: -1000000000);

            migrationBuilder.AddColumn<string>(
                name: "Networks",
                table: "branches",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "Entries",
                table: "audit_records",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "approval_requests",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Action = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    TitleEn = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    TitleZh = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Digest = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Target = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    RequesterId = table.Column<long>(type: "bigint", nullable: false),
                    CustomerCode = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    CustomerName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    CardNumber = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Amount = table.Column<long>(type: "bigint", nullable: true),
                    Facts = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    Fields = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    ApproverRights = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ApproverId = table.Column<long>(type: "bigint", nullable: true),
                    Reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Token = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    TokenExpiresAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_approval_requests", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "company_details",
                columns: table => new
                {
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    Address = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    Phone = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    TaxNumber = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_company_details", x => x.BranchId);
                });

            migrationBuilder.CreateTable(
                name: "company_logos",
                columns: table => new
                {
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    MediaType = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Content = table.Column<byte[]>(type: "bytea", maxLength: 65536, nullable: false),
                    Width = table.Column<int>(type: "integer", nullable: false),
                    Height = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_company_logos", x => x.BranchId);
                });

            migrationBuilder.CreateTable(
                name: "holder_sessions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    CustomerId = table.Column<long>(type: "bigint", nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    OperatorId = table.Column<long>(type: "bigint", nullable: false),
                    ProvedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_holder_sessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "seals",
                columns: table => new
                {
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    FromId = table.Column<long>(type: "bigint", nullable: false),
                    ToId = table.Column<long>(type: "bigint", nullable: false),
                    Contents = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    Hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    SealedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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

            // Of the records that one caller has under one key only the first is found by it; the others keep the id they had.
            migrationBuilder.Sql(
                """
                UPDATE idempotency_records r SET "Id" =
                ('x' || encode(substr(sha256(convert_to(r."CallerId" || ' ' || r."Key", 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint
                FROM (
                    SELECT "Id", row_number() OVER (PARTITION BY "CallerId", "Key" ORDER BY "CreatedAt", "Id") AS n FROM idempotency_records
                ) numbered WHERE numbered."Id" = r."Id" AND numbered.n = 1
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
