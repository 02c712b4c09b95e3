using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Counter.BusinessDay;

/// <summary>
/// 日结: a branch's business date, closed. Its rows are written once, in the booking that closed it, and never changed (PL-04.1, FC-18.2).
/// </summary>
public sealed class DayEnd : IDated
{
    /// <summary>Operators whose cash one day-end counts.</summary>
    public const int MostCounted = 200;

    /// <summary>Fen of one operator's counted cash: 100,000,000.00 yuan.</summary>
    public const long MostCountedFen = 10_000_000_000;

    public const string DateIndex = "IX_day_ends_BranchId_BusinessDate";

    /// <summary>The id of the day-end's transaction.</summary>
    public long Id { get; init; }

    public long BranchId { get; init; }

    /// <summary>The closed date.</summary>
    public DateOnly BusinessDate { get; set; }

    /// <summary>The date that was opened by it.</summary>
    public DateOnly NextDate { get; init; }

    public DateTime BookedAt { get; set; }

    /// <summary>The newest seal when the day was closed; null in day-ends of before there were any.</summary>
    public long? SealNumber { get; init; }

    /// <summary>The beginning of that seal's hash, as it is printed.</summary>
    public string? SealHash { get; init; }

    /// <summary>What the printed sheet anchors the chain of seals by.</summary>
    public SealMark? Seal => SealNumber is { } number && SealHash is { } hash ? new SealMark(number, hash) : null;

    internal sealed class Map : IEntityTypeConfiguration<DayEnd>
    {
        public void Configure(EntityTypeBuilder<DayEnd> builder)
        {
            builder.ToTable("day_ends");
            builder.HasKey(d => d.Id);
            builder.HasIndex(d => new { d.BranchId, d.BusinessDate }, DateIndex).IsUnique();
            builder.Property(d => d.SealHash).HasMaxLength(SealMark.PrintedDigits);
            builder.Ignore(d => d.Seal);
        }
    }
}

/// <summary>What one operator booked of one type by one payment method on a closed date.</summary>
public sealed class DayEndTotal
{
    public long DayEndId { get; init; }

    /// <summary>Its place in the day-end, from 0.</summary>
    public int Line { get; init; }

    public long OperatorId { get; init; }

    /// <summary>The name of a <see cref="TransactionType"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Null for types that take no payment.</summary>
    public PaymentMethod? PaymentMethod { get; init; }

    public int Count { get; init; }

    /// <summary>Fen.</summary>
    public long Amount { get; init; }

    /// <summary>Fen.</summary>
    public long Bonus { get; init; }

    public long Points { get; init; }

    /// <summary>Fen.</summary>
    public long Fee { get; init; }

    /// <summary>Fen.</summary>
    public long Deposit { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<DayEndTotal>
    {
        public void Configure(EntityTypeBuilder<DayEndTotal> builder)
        {
            builder.ToTable("day_end_totals");
            builder.HasKey(t => new { t.DayEndId, t.Line });
            builder.Property(t => t.Type).HasMaxLength(30);
        }
    }
}

/// <summary>One operator's cash on a closed date: booked and counted (PL-04.4).</summary>
public sealed class DayEndCash
{
    public long DayEndId { get; init; }

    public long OperatorId { get; init; }

    /// <summary>Amount in fen: received minus paid out.</summary>
    public long Booked { get; init; }

    /// <summary>Fen found in the drawer, without the float.</summary>
    public long Counted { get; init; }

    /// <summary>Difference in fen: positive is a surplus, negative a shortage.</summary>
    public long Difference => Counted - Booked;

    internal sealed class Map : IEntityTypeConfiguration<DayEndCash>
    {
        public void Configure(EntityTypeBuilder<DayEndCash> builder)
        {
            builder.ToTable("day_end_cash");
            builder.HasKey(c => new { c.DayEndId, c.OperatorId });
            builder.Ignore(c => c.Difference);
        }
    }
}
