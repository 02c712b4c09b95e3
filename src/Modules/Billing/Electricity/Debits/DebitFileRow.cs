using System.ComponentModel.DataAnnotations.Schema;
using Billing.Electricity.Files;

namespace Billing.Electricity.Debits;

/// <summary>The state of a batch debit.</summary>
public enum DebitFileState
{
    /// <summary>已接收: being checked.</summary>
    Received,

    /// <summary>已拒绝: layout, totals, or its batch number twice. Nothing is debited.</summary>
    Refused,

    /// <summary>扣款中: its lines are being debited.</summary>
    Running,

    /// <summary>已停止: it goes on when it is continued.</summary>
    Stopped,

    /// <summary>待重扣: lines that failed for funds are tried again later.</summary>
    Waiting,

    /// <summary>已完成: every line has its code.</summary>
    Finished,

    /// <summary>已回盘: the power company has the result.</summary>
    ResultSent,
}

/// <summary>A debit file of the power side (EB-07.2, EB-07.4). Its id is that of its submission, so that its number is a serial number.</summary>
internal sealed class DebitFile : IVersioned
{
    public const string BatchIndex = "IX_debit_files_BatchKey";

    /// <summary>States in which the day-end waits for it: until it stands still, and the power side has its result.</summary>
    public static readonly DebitFileState[] Unfinished = [DebitFileState.Running, DebitFileState.Waiting, DebitFileState.Finished];

    public long Id { get; init; }

    public long UnitId { get; init; }

    public required string UnitCode { get; init; }

    /// <summary>The name under which it came.</summary>
    public required string Name { get; init; }

    /// <summary>The name, unless it was refused: a batch number comes once.</summary>
    public string? BatchKey { get; set; }

    public DateOnly Date { get; init; }

    /// <summary>The work date on which it was taken.</summary>
    public DateOnly WorkDate { get; init; }

    public long BranchId { get; init; }

    public long OperatorId { get; init; }

    public DebitFileForm Form { get; set; }

    public DebitFileState State { get; set; }

    public int Lines { get; set; }

    public long Amount { get; set; }

    public int FaultCount { get; set; }

    /// <summary>Which run it is, from 1.</summary>
    public int Round { get; set; }

    public int DebitedLines { get; set; }

    public long DebitedAmount { get; set; }

    public DateTime ReceivedAt { get; init; }

    public DateTime? FinishedAt { get; set; }

    /// <summary>When a waiting file runs again, and a result is sent again.</summary>
    public DateTime NextRunAt { get; set; }

    /// <summary>A process works on it until then.</summary>
    public DateTime LeasedUntil { get; set; }

    public int Version { get; set; }

    [NotMapped]
    public string SerialNumber => Platform.Persistence.SerialNumber.Of(Id);

    internal sealed class Map : IEntityTypeConfiguration<DebitFile>
    {
        public void Configure(EntityTypeBuilder<DebitFile> builder)
        {
            builder.ToTable("debit_files");
            builder.HasKey(f => f.Id);
            builder.Property(f => f.UnitCode).HasMaxLength(9);
            builder.Property(f => f.Name).HasMaxLength(60);
            builder.Property(f => f.BatchKey).HasMaxLength(60);
            builder.HasIndex(f => f.BatchKey, BatchIndex).IsUnique();
            builder.HasIndex(f => new { f.State, f.Id });
            builder.HasIndex(f => new { f.UnitId, f.Id });
        }
    }
}

/// <summary>A stretch of the file, as it came.</summary>
internal sealed class DebitFilePart
{
    public const int MostBytes = 256 * 1024;

    public long FileId { get; init; }

    public int Number { get; init; }

    public required byte[] Bytes { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<DebitFilePart>
    {
        public void Configure(EntityTypeBuilder<DebitFilePart> builder)
        {
            builder.ToTable("debit_file_parts");
            builder.HasKey(p => new { p.FileId, p.Number });
        }
    }
}

/// <summary>What is wrong with a refused file.</summary>
internal sealed class DebitFileFaultRow
{
    public long FileId { get; init; }

    public int Number { get; init; }

    public int Line { get; init; }

    public required string Code { get; init; }

    public required string En { get; init; }

    public required string Zh { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<DebitFileFaultRow>
    {
        public void Configure(EntityTypeBuilder<DebitFileFaultRow> builder)
        {
            builder.ToTable("debit_file_faults");
            builder.HasKey(f => new { f.FileId, f.Number });
            builder.Property(f => f.Code).HasMaxLength(40);
        }
    }
}

/// <summary>One line as it was read. Never changed; what became of it is a <see cref="DebitOutcome"/>.</summary>
internal sealed class DebitLineRow : ISetRow
{
    public long FileId { get; init; }

    public int Number { get; init; }

    public required string Customer { get; init; }

    public required string Name { get; init; }

    public required string Month { get; init; }

    public required string Sequence { get; init; }

    public required string Receivable { get; init; }

    public long Principal { get; init; }

    public long LateFee { get; init; }

    public long Total { get; init; }

    public required string Account { get; init; }

    public required string AccountName { get; init; }

    public required string Mode { get; init; }

    public static DebitLineRow Of(long fileId, DebitLine line) =>
        new()
        {
            FileId = fileId,
            Number = line.Number,
            Customer = line.Customer,
            Name = line.Name,
            Month = line.Month,
            Sequence = line.Sequence,
            Receivable = line.Receivable,
            Principal = line.Principal,
            LateFee = line.LateFee,
            Total = line.Total,
            Account = line.Account,
            AccountName = line.AccountName,
            Mode = line.Mode,
        };

    public DebitLine ToLine() =>
        new(Number, Customer, Name, Month, Sequence, Receivable, Principal, LateFee, Total, Account, AccountName, Mode);

    internal sealed class Map : IEntityTypeConfiguration<DebitLineRow>
    {
        public void Configure(EntityTypeBuilder<DebitLineRow> builder)
        {
            builder.ToTable("debit_file_lines");
            builder.HasKey(l => new { l.FileId, l.Number });
            builder.Property(l => l.Customer).HasMaxLength(13);
            builder.Property(l => l.Name).HasMaxLength(60);
            builder.Property(l => l.Month).HasMaxLength(6);
            builder.Property(l => l.Sequence).HasMaxLength(2);
            builder.Property(l => l.Receivable).HasMaxLength(16);
            builder.Property(l => l.Account).HasMaxLength(32);
            builder.Property(l => l.AccountName).HasMaxLength(60);
            builder.Property(l => l.Mode).HasMaxLength(1);
        }
    }
}

/// <summary>
/// What a line ended with. It is inserted in the transaction that debits the line, and its key is file and line: so a line is debited once,
/// whoever tries.
/// </summary>
internal sealed class DebitOutcome : ISetRow
{
    public long FileId { get; init; }

    public int Number { get; init; }

    public required string Code { get; init; }

    /// <summary>The debit; null where nothing was debited.</summary>
    public long? TransactionId { get; init; }

    public long Amount { get; init; }

    public DateTime At { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<DebitOutcome>
    {
        public void Configure(EntityTypeBuilder<DebitOutcome> builder)
        {
            builder.ToTable("debit_file_outcomes");
            builder.HasKey(o => new { o.FileId, o.Number });
            builder.Property(o => o.Code).HasMaxLength(4);
        }
    }
}
