namespace Meters.Changes;

/// <summary>换表 (PM-08.2): what the old meter showed and the new one was given. Its id is its transaction's. Hundredths of a unit.</summary>
public sealed class MeterChange : IDated
{
    public long Id { get; init; }

    public long SupplyId { get; init; }

    public long UserId { get; init; }

    public required string OldMeter { get; init; }

    public required string NewMeter { get; init; }

    /// <summary>Read off the old meter; below zero in overdraft.</summary>
    public long OldRemaining { get; init; }

    public long OldTotal { get; init; }

    /// <summary>What waited on the card and no meter took.</summary>
    public long Waiting { get; init; }

    /// <summary>Of the new meter.</summary>
    public long PreStored { get; init; }

    /// <summary>Written to the card for the new meter.</summary>
    public long OnCard { get; init; }

    /// <summary>Owed at the next sale, beside what was owed before.</summary>
    public long Shortfall { get; init; }

    /// <summary>Fen, at the price of the tier that the user is in.</summary>
    public long Worth { get; init; }

    public required string Reason { get; init; }

    public required string ReadBy { get; init; }

    public DateOnly BusinessDate { get; set; }

    public DateTime BookedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<MeterChange>
    {
        public void Configure(EntityTypeBuilder<MeterChange> builder)
        {
            builder.ToTable("meter_changes");
            builder.HasKey(c => c.Id);
            builder.Property(c => c.OldMeter).HasMaxLength(12);
            builder.Property(c => c.NewMeter).HasMaxLength(12);
            builder.Property(c => c.Reason).HasMaxLength(Limits.Reason);
            builder.Property(c => c.ReadBy).HasMaxLength(Limits.Name);
            builder.HasIndex(c => new { c.SupplyId, c.Id });
        }
    }
}
