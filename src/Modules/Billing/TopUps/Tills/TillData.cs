namespace Billing.TopUps.Tills;

/// <summary>What a till's total or receipt is of.</summary>
public enum TillKind
{
    /// <summary>在线充值: online top-ups.</summary>
    Online,

    /// <summary>找零充值: change top-ups.</summary>
    Change,

    /// <summary>离线充值: prepaid PINs.</summary>
    Offline,

    /// <summary>积分: points, of the over/short report.</summary>
    Points,

    /// <summary>赠券: coupons, of the over/short report.</summary>
    Coupon,

    /// <summary>Other sales: receipts only, so that the numbers have no gap.</summary>
    Other,
}

/// <summary>The till system's total of a till, day and kind, as it was taken in last.</summary>
internal sealed class TillTotal : IVersioned
{
    public const string DayIndex = "IX_till_totals_Day";

    public long Id { get; init; }

    public long BranchId { get; init; }

    public DateOnly Date { get; init; }

    public required string TillNumber { get; init; }

    public TillKind Kind { get; init; }

    public long Count { get; set; }

    /// <summary>Fen, less what was returned.</summary>
    public long Amount { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<TillTotal>
    {
        public void Configure(EntityTypeBuilder<TillTotal> builder)
        {
            builder.ToTable("till_totals");
            builder.HasKey(t => t.Id);
            builder.Property(t => t.TillNumber).HasMaxLength(TopUpLimits.Till);
            builder
                .HasIndex(
                    t => new
                    {
                        t.BranchId,
                        t.Date,
                        t.TillNumber,
                        t.Kind,
                    },
                    DayIndex
                )
                .IsUnique();
        }
    }
}

/// <summary>A receipt that the till system uploaded.</summary>
internal sealed class TillReceipt : IVersioned
{
    public const string NumberIndex = "IX_till_receipts_Number";

    public long Id { get; init; }

    public long BranchId { get; init; }

    public DateOnly Date { get; init; }

    public required string TillNumber { get; init; }

    public long Number { get; init; }

    public TillKind Kind { get; set; }

    /// <summary>Fen of this kind on the receipt.</summary>
    public long Amount { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<TillReceipt>
    {
        public void Configure(EntityTypeBuilder<TillReceipt> builder)
        {
            builder.ToTable("till_receipts");
            builder.HasKey(r => r.Id);
            builder.Property(r => r.TillNumber).HasMaxLength(TopUpLimits.Till);
            builder
                .HasIndex(
                    r => new
                    {
                        r.BranchId,
                        r.Date,
                        r.TillNumber,
                        r.Number,
                    },
                    NumberIndex
                )
                .IsUnique();
        }
    }
}
