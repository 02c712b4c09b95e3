namespace Billing.TopUps.Pins;

/// <summary>Where a PIN is.</summary>
public enum PinState
{
    /// <summary>In stock.</summary>
    Stock,

    /// <summary>Sold.</summary>
    Sold,
}

/// <summary>
/// A prepaid PIN (MT-05.1): its code is encrypted, it is sold once, and shown as often as is allowed: once, and once more for each approval.
/// </summary>
internal sealed class TopUpPin : IVersioned
{
    public const string SerialIndex = "IX_top_up_pins_Serial";
    public const string ReceiptIndex = "IX_top_up_pins_Receipt";

    public long Id { get; init; }

    public long BatchId { get; init; }

    public long CarrierId { get; init; }

    /// <summary>The carrier's serial number of it.</summary>
    public required string Serial { get; init; }

    public required byte[] Secret { get; init; }

    /// <summary>Fen.</summary>
    public long FaceValue { get; init; }

    /// <summary>The last day on which it is sold.</summary>
    public DateOnly ExpiresOn { get; init; }

    public PinState State { get; set; }

    public long? SaleId { get; set; }

    public long? BranchId { get; set; }

    public string? TillNumber { get; set; }

    public long? ReceiptNumber { get; set; }

    public DateOnly? ReceiptDate { get; set; }

    /// <summary>How often it may be shown.</summary>
    public int Allowed { get; set; }

    public int Shown { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<TopUpPin>
    {
        public void Configure(EntityTypeBuilder<TopUpPin> builder)
        {
            builder.ToTable("top_up_pins");
            builder.HasKey(p => p.Id);
            builder.Property(p => p.Serial).HasMaxLength(TopUpLimits.Serial);
            builder.Property(p => p.Secret).HasMaxLength(100);
            builder.Property(p => p.TillNumber).HasMaxLength(TopUpLimits.Till);
            builder.HasIndex(p => new { p.CarrierId, p.Serial }, SerialIndex).IsUnique();
            builder
                .HasIndex(
                    p => new
                    {
                        p.BranchId,
                        p.ReceiptDate,
                        p.TillNumber,
                        p.ReceiptNumber,
                    },
                    ReceiptIndex
                )
                .IsUnique()
                .HasFilter("\"ReceiptNumber\" IS NOT NULL");
            builder.HasIndex(p => new
            {
                p.CarrierId,
                p.FaceValue,
                p.State,
                p.Id,
            });
            builder.HasIndex(p => p.SaleId);
            builder.HasIndex(p => p.BatchId);
        }
    }
}

/// <summary>PINs that were received together.</summary>
internal sealed class PinBatch : IDated
{
    public const string NumberIndex = "IX_top_up_pin_batches_Number";

    public long Id { get; init; }

    public long CarrierId { get; init; }

    /// <summary>The carrier's number of the batch.</summary>
    public required string Number { get; init; }

    public int Count { get; init; }

    /// <summary>Fen of all face values.</summary>
    public long Amount { get; init; }

    public DateOnly BusinessDate { get; set; }

    public DateTime BookedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<PinBatch>
    {
        public void Configure(EntityTypeBuilder<PinBatch> builder)
        {
            builder.ToTable("top_up_pin_batches");
            builder.HasKey(b => b.Id);
            builder.Property(b => b.Number).HasMaxLength(TopUpLimits.Serial);
            builder.HasIndex(b => new { b.CarrierId, b.Number }, NumberIndex).IsUnique();
        }
    }
}
