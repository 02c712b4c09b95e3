using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Electricity : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "accounting_unit_changes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    Field = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Old = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true, collation: "Latin1_General_100_BIN2"),
                    New = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true, collation: "Latin1_General_100_BIN2"),
                    OperatorId = table.Column<long>(type: "bigint", nullable: false),
                    ApproverId = table.Column<long>(type: "bigint", nullable: true),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounting_unit_changes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "accounting_units",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Code = table.Column<string>(type: "nvarchar(9)", maxLength: 9, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    MerchantCode = table.Column<string>(type: "nvarchar(4)", maxLength: 4, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BusinessKind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CustomerNumber = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ContractNumber = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    UnionId = table.Column<long>(type: "bigint", nullable: false),
                    SignedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Mode = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BatchMode = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    TransitAccount = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    SettlementAccount = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    SettlementName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    SettlementInstitution = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CustomerLengths = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CustomerCheck = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    DebitTries = table.Column<int>(type: "int", nullable: false),
                    FeePerItem = table.Column<long>(type: "bigint", nullable: false),
                    FeeRate = table.Column<int>(type: "int", nullable: false),
                    FeeLeastPerItem = table.Column<long>(type: "bigint", nullable: false),
                    FeeMostPerItem = table.Column<long>(type: "bigint", nullable: false),
                    FeeLeastPerPeriod = table.Column<long>(type: "bigint", nullable: false),
                    FeeMostPerPeriod = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounting_units", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "blank_invoices",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Code = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Number = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false, collation: "Latin1_General_100_BIN2"),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    HolderId = table.Column<long>(type: "bigint", nullable: true),
                    HandoverId = table.Column<long>(type: "bigint", nullable: true),
                    UsedFor = table.Column<long>(type: "bigint", nullable: true),
                    Reason = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    HandedIn = table.Column<bool>(type: "bit", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_blank_invoices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "blank_movements",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Move = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    Code = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false, collation: "Latin1_General_100_BIN2"),
                    From = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false, collation: "Latin1_General_100_BIN2"),
                    To = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Count = table.Column<int>(type: "int", nullable: false),
                    GiverId = table.Column<long>(type: "bigint", nullable: true),
                    ReceiverId = table.Column<long>(type: "bigint", nullable: true),
                    OtherName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Remark = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AcceptedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_blank_movements", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "debit_contracts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    AgreementNumber = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    Customer = table.Column<string>(type: "nvarchar(13)", maxLength: 13, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CustomerName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    AccountNumber = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Holder = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CertificateNumber = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Because = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    InForceKey = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    PreviousId = table.Column<long>(type: "bigint", nullable: true),
                    SignedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_debit_contracts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "debit_file_faults",
                columns: table => new
                {
                    FileId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    Line = table.Column<int>(type: "int", nullable: false),
                    Code = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    En = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Zh = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_debit_file_faults", x => new { x.FileId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "debit_file_lines",
                columns: table => new
                {
                    FileId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    Customer = table.Column<string>(type: "nvarchar(13)", maxLength: 13, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Month = table.Column<string>(type: "nvarchar(6)", maxLength: 6, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Sequence = table.Column<string>(type: "nvarchar(2)", maxLength: 2, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Receivable = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Principal = table.Column<long>(type: "bigint", nullable: false),
                    LateFee = table.Column<long>(type: "bigint", nullable: false),
                    Total = table.Column<long>(type: "bigint", nullable: false),
                    Account = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    AccountName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Mode = table.Column<string>(type: "nvarchar(1)", maxLength: 1, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_debit_file_lines", x => new { x.FileId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "debit_file_outcomes",
                columns: table => new
                {
                    FileId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    Code = table.Column<string>(type: "nvarchar(4)", maxLength: 4, nullable: false, collation: "Latin1_General_100_BIN2"),
                    TransactionId = table.Column<long>(type: "bigint", nullable: true),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_debit_file_outcomes", x => new { x.FileId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "debit_file_parts",
                columns: table => new
                {
                    FileId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    Bytes = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_debit_file_parts", x => new { x.FileId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "debit_files",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    UnitCode = table.Column<string>(type: "nvarchar(9)", maxLength: 9, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BatchKey = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Date = table.Column<DateOnly>(type: "date", nullable: false),
                    WorkDate = table.Column<DateOnly>(type: "date", nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    OperatorId = table.Column<long>(type: "bigint", nullable: false),
                    Form = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Lines = table.Column<int>(type: "int", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    FaultCount = table.Column<int>(type: "int", nullable: false),
                    Round = table.Column<int>(type: "int", nullable: false),
                    DebitedLines = table.Column<int>(type: "int", nullable: false),
                    DebitedAmount = table.Column<long>(type: "bigint", nullable: false),
                    ReceivedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    FinishedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    NextRunAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    LeasedUntil = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_debit_files", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "electricity_admissions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    MerchantCode = table.Column<string>(type: "nvarchar(4)", maxLength: 4, nullable: false, collation: "Latin1_General_100_BIN2"),
                    UnionId = table.Column<long>(type: "bigint", nullable: false),
                    Industry = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ShortName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BusinessKind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Mode = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    AreaCode = table.Column<string>(type: "nvarchar(6)", maxLength: 6, nullable: false, collation: "Latin1_General_100_BIN2"),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    EffectiveFrom = table.Column<DateOnly>(type: "date", nullable: true),
                    AppliedBy = table.Column<long>(type: "bigint", nullable: false),
                    DecidedBy = table.Column<long>(type: "bigint", nullable: true),
                    OpenedBy = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_electricity_admissions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "electricity_difference_notes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    DifferenceId = table.Column<long>(type: "bigint", nullable: false),
                    From = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    To = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Evidence = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    OperatorId = table.Column<long>(type: "bigint", nullable: false),
                    ApproverId = table.Column<long>(type: "bigint", nullable: true),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_electricity_difference_notes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "electricity_differences",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    WorkDate = table.Column<DateOnly>(type: "date", nullable: false),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Fingerprint = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Key = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Bank = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Power = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    OpenedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SettledAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    AskAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Round = table.Column<int>(type: "int", nullable: false),
                    Answer = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_electricity_differences", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "electricity_fees",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    To = table.Column<DateOnly>(type: "date", nullable: false),
                    Payments = table.Column<long>(type: "bigint", nullable: false),
                    Collected = table.Column<long>(type: "bigint", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_electricity_fees", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "electricity_invoices",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    PaymentId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Sequence = table.Column<int>(type: "int", nullable: false),
                    Code = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Number = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    OperatorId = table.Column<long>(type: "bigint", nullable: false),
                    PrintedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_electricity_invoices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "electricity_payments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    RequestKey = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    OperatorId = table.Column<long>(type: "bigint", nullable: false),
                    Customer = table.Column<string>(type: "nvarchar(13)", maxLength: 13, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CustomerName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Reference = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Items = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Principal = table.Column<long>(type: "bigint", nullable: false),
                    LateFee = table.Column<long>(type: "bigint", nullable: false),
                    Prepaid = table.Column<long>(type: "bigint", nullable: false),
                    Total = table.Column<long>(type: "bigint", nullable: false),
                    Method = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PayerAccountId = table.Column<long>(type: "bigint", nullable: true),
                    ChequeId = table.Column<long>(type: "bigint", nullable: true),
                    ChequeNumber = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Channel = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Mode = table.Column<string>(type: "nvarchar(2)", maxLength: 2, nullable: false, collation: "Latin1_General_100_BIN2"),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Place = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    WorkDate = table.Column<DateOnly>(type: "date", nullable: false),
                    BusinessDate = table.Column<DateOnly>(type: "date", nullable: false),
                    BookedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    PowerSerial = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ValidUntil = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AskAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Asked = table.Column<int>(type: "int", nullable: false),
                    Unknowns = table.Column<int>(type: "int", nullable: false),
                    Decision = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    RefusalCode = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    WantedTotal = table.Column<long>(type: "bigint", nullable: false),
                    SettledById = table.Column<long>(type: "bigint", nullable: true),
                    ReversalId = table.Column<long>(type: "bigint", nullable: true),
                    ReversalReason = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ReverserId = table.Column<long>(type: "bigint", nullable: true),
                    ReversalApproverId = table.Column<long>(type: "bigint", nullable: true),
                    ReversalAskedTicks = table.Column<long>(type: "bigint", nullable: false),
                    FileId = table.Column<long>(type: "bigint", nullable: true),
                    LineNumber = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_electricity_payments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "electricity_quotes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Reference = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    Customer = table.Column<string>(type: "nvarchar(13)", maxLength: 13, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CustomerName = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ValidUntil = table.Column<DateTime>(type: "datetime2", nullable: false),
                    PartsAllowed = table.Column<bool>(type: "bit", nullable: false),
                    KeepsBalance = table.Column<bool>(type: "bit", nullable: false),
                    Body = table.Column<string>(type: "nvarchar(max)", maxLength: 8000, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_electricity_quotes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "electricity_receivables",
                columns: table => new
                {
                    PaymentId = table.Column<long>(type: "bigint", nullable: false),
                    Receivable = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    UnitId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_electricity_receivables", x => new { x.PaymentId, x.Receivable });
                });

            migrationBuilder.CreateTable(
                name: "electricity_reconciled_units",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    WorkDate = table.Column<DateOnly>(type: "date", nullable: false),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    BankCount = table.Column<long>(type: "bigint", nullable: false),
                    BankAmount = table.Column<long>(type: "bigint", nullable: false),
                    PowerCount = table.Column<long>(type: "bigint", nullable: false),
                    PowerAmount = table.Column<long>(type: "bigint", nullable: false),
                    Differences = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_electricity_reconciled_units", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "electricity_swept_units",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    WorkDate = table.Column<DateOnly>(type: "date", nullable: false),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    Payments = table.Column<long>(type: "bigint", nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_electricity_swept_units", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "electricity_work_dates",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Date = table.Column<DateOnly>(type: "date", nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Step = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    OpenKey = table.Column<string>(type: "nvarchar(4)", maxLength: 4, nullable: true, collation: "Latin1_General_100_BIN2"),
                    SignedOnAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ClosingAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    CloserId = table.Column<long>(type: "bigint", nullable: true),
                    CloserBranchId = table.Column<long>(type: "bigint", nullable: true),
                    ClosedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    LeasedUntil = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_electricity_work_dates", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "institution_numbers",
                columns: table => new
                {
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(9)", maxLength: 9, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_institution_numbers", x => x.BranchId);
                });

            migrationBuilder.CreateTable(
                name: "other_bank_cheques",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    BankNumber = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ChequeNumber = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    DrawerAccount = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Amount = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_other_bank_cheques", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "payer_accounts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Holder = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    CertificateNumber = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    BranchId = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_payer_accounts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "power_merchants",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Code = table.Column<string>(type: "nvarchar(4)", maxLength: 4, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_power_merchants", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_accounting_unit_changes_UnitId_Id",
                table: "accounting_unit_changes",
                columns: new[] { "UnitId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_accounting_units_Code",
                table: "accounting_units",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_accounting_units_SettlementAccount",
                table: "accounting_units",
                column: "SettlementAccount",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_accounting_units_TransitAccount",
                table: "accounting_units",
                column: "TransitAccount",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_accounting_units_UnionId",
                table: "accounting_units",
                column: "UnionId");

            migrationBuilder.CreateIndex(
                name: "IX_blank_invoices_BranchId_State_Id",
                table: "blank_invoices",
                columns: new[] { "BranchId", "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_blank_invoices_Code_Number",
                table: "blank_invoices",
                columns: new[] { "Code", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_blank_invoices_HandoverId",
                table: "blank_invoices",
                column: "HandoverId");

            migrationBuilder.CreateIndex(
                name: "IX_blank_movements_BranchId_Id",
                table: "blank_movements",
                columns: new[] { "BranchId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_debit_contracts_AccountNumber",
                table: "debit_contracts",
                column: "AccountNumber");

            migrationBuilder.CreateIndex(
                name: "IX_debit_contracts_AgreementNumber",
                table: "debit_contracts",
                column: "AgreementNumber",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_debit_contracts_InForceKey",
                table: "debit_contracts",
                column: "InForceKey",
                unique: true,
                filter: "[InForceKey] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_debit_files_BatchKey",
                table: "debit_files",
                column: "BatchKey",
                unique: true,
                filter: "[BatchKey] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_debit_files_State_Id",
                table: "debit_files",
                columns: new[] { "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_debit_files_UnitId_Id",
                table: "debit_files",
                columns: new[] { "UnitId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_electricity_admissions_MerchantCode_UnionId",
                table: "electricity_admissions",
                columns: new[] { "MerchantCode", "UnionId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_electricity_difference_notes_DifferenceId_Id",
                table: "electricity_difference_notes",
                columns: new[] { "DifferenceId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_electricity_differences_Fingerprint",
                table: "electricity_differences",
                column: "Fingerprint",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_electricity_differences_State_Id",
                table: "electricity_differences",
                columns: new[] { "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_electricity_differences_UnitId_Key",
                table: "electricity_differences",
                columns: new[] { "UnitId", "Key" });

            migrationBuilder.CreateIndex(
                name: "IX_electricity_fees_UnitId_From",
                table: "electricity_fees",
                columns: new[] { "UnitId", "From" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_electricity_invoices_PaymentId_Kind_Sequence",
                table: "electricity_invoices",
                columns: new[] { "PaymentId", "Kind", "Sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_electricity_payments_BranchId_BusinessDate_Id",
                table: "electricity_payments",
                columns: new[] { "BranchId", "BusinessDate", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_electricity_payments_RequestKey",
                table: "electricity_payments",
                column: "RequestKey",
                unique: true,
                filter: "[RequestKey] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_electricity_payments_State_AskAt",
                table: "electricity_payments",
                columns: new[] { "State", "AskAt" });

            migrationBuilder.CreateIndex(
                name: "IX_electricity_payments_UnitId_Customer_Id",
                table: "electricity_payments",
                columns: new[] { "UnitId", "Customer", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_electricity_payments_WorkDate_UnitId_Id",
                table: "electricity_payments",
                columns: new[] { "WorkDate", "UnitId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_electricity_quotes_Reference",
                table: "electricity_quotes",
                column: "Reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_electricity_receivables_UnitId_Receivable",
                table: "electricity_receivables",
                columns: new[] { "UnitId", "Receivable" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_electricity_reconciled_units_WorkDate_UnitId",
                table: "electricity_reconciled_units",
                columns: new[] { "WorkDate", "UnitId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_electricity_swept_units_WorkDate_UnitId",
                table: "electricity_swept_units",
                columns: new[] { "WorkDate", "UnitId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_electricity_work_dates_Date",
                table: "electricity_work_dates",
                column: "Date",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_electricity_work_dates_OpenKey",
                table: "electricity_work_dates",
                column: "OpenKey",
                unique: true,
                filter: "[OpenKey] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_institution_numbers_Number",
                table: "institution_numbers",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_other_bank_cheques_BankNumber_ChequeNumber",
                table: "other_bank_cheques",
                columns: new[] { "BankNumber", "ChequeNumber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_payer_accounts_Number",
                table: "payer_accounts",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_power_merchants_Code",
                table: "power_merchants",
                column: "Code",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounting_unit_changes");

            migrationBuilder.DropTable(
                name: "accounting_units");

            migrationBuilder.DropTable(
                name: "blank_invoices");

            migrationBuilder.DropTable(
                name: "blank_movements");

            migrationBuilder.DropTable(
                name: "debit_contracts");

            migrationBuilder.DropTable(
                name: "debit_file_faults");

            migrationBuilder.DropTable(
                name: "debit_file_lines");

            migrationBuilder.DropTable(
                name: "debit_file_outcomes");

            migrationBuilder.DropTable(
                name: "debit_file_parts");

            migrationBuilder.DropTable(
                name: "debit_files");

            migrationBuilder.DropTable(
                name: "electricity_admissions");

            migrationBuilder.DropTable(
                name: "electricity_difference_notes");

            migrationBuilder.DropTable(
                name: "electricity_differences");

            migrationBuilder.DropTable(
                name: "electricity_fees");

            migrationBuilder.DropTable(
                name: "electricity_invoices");

            migrationBuilder.DropTable(
                name: "electricity_payments");

            migrationBuilder.DropTable(
                name: "electricity_quotes");

            migrationBuilder.DropTable(
                name: "electricity_receivables");

            migrationBuilder.DropTable(
                name: "electricity_reconciled_units");

            migrationBuilder.DropTable(
                name: "electricity_swept_units");

            migrationBuilder.DropTable(
                name: "electricity_work_dates");

            migrationBuilder.DropTable(
                name: "institution_numbers");

            migrationBuilder.DropTable(
                name: "other_bank_cheques");

            migrationBuilder.DropTable(
                name: "payer_accounts");

            migrationBuilder.DropTable(
                name: "power_merchants");
        }
    }
}
