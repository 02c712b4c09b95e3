namespace Meters.Tokens;

/// <summary>What is known of a meter that takes tokens, beside its supply.</summary>
public sealed class TokenMeter : IVersioned
{
    public long SupplyId { get; init; }

    /// <summary>MeterPAN, 18 digits.</summary>
    public required string Pan { get; init; }

    /// <summary>2 digits.</summary>
    public required string TariffIndex { get; set; }

    public int KeyRevision { get; set; }

    /// <summary>The identifier of the last token: whole minutes since the base date. The next is later.</summary>
    public int? LastMinute { get; set; }

    public long? LastTokenId { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<TokenMeter>
    {
        public void Configure(EntityTypeBuilder<TokenMeter> builder)
        {
            builder.ToTable("meter_token_meters");
            builder.HasKey(m => m.SupplyId);
            builder.Property(m => m.Pan).HasMaxLength(18);
            builder.Property(m => m.TariffIndex).HasMaxLength(2);
        }
    }
}

/// <summary>A token that was sold. It is never revoked, only compensated (PM-14.1). Its id is its transaction's.</summary>
public sealed class MeterToken : IDated
{
    public const string RequestIndex = "IX_meter_tokens_SupplyId_RequestId";

    public long Id { get; init; }

    public long SupplyId { get; init; }

    /// <summary>The caller's id of the request: the same gives the same token.</summary>
    public required string RequestId { get; init; }

    /// <summary>20 digits.</summary>
    public required string Token { get; init; }

    public int Minute { get; init; }

    /// <summary>Hundredths of a unit that were sold.</summary>
    public long Quantity { get; init; }

    /// <summary>Hundredths of a unit that the meter credits: at least what was sold.</summary>
    public long Credited { get; init; }

    public long Amount { get; init; }

    public DateOnly BusinessDate { get; set; }

    public DateTime BookedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<MeterToken>
    {
        public void Configure(EntityTypeBuilder<MeterToken> builder)
        {
            builder.ToTable("meter_tokens");
            builder.HasKey(t => t.Id);
            builder.Property(t => t.RequestId).HasMaxLength(64);
            builder.Property(t => t.Token).HasMaxLength(20);
            builder.HasIndex(t => new { t.SupplyId, t.RequestId }, RequestIndex).IsUnique();
        }
    }
}
