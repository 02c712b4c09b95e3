using System.Text.Json;

namespace Meters.Prices;

/// <summary>A price of an account (价格类型): residential, commercial (PM-02.1). What it costs stands in its versions, each from a date.</summary>
public sealed class MeterPrice : IVersioned
{
    public const string NameIndex = "IX_meter_prices_AccountId_Name";

    public long Id { get; init; }

    public long AccountId { get; init; }

    public required string Name { get; set; }

    /// <summary>The month in which its price year begins, 1 to 12.</summary>
    public int YearStartMonth { get; set; }

    /// <summary>The day, 1 to 28.</summary>
    public int YearStartDay { get; set; }

    public int Version { get; set; }

    /// <summary>The first day of the price year that a date is in (PM-02.3).</summary>
    public DateOnly YearOf(DateOnly date)
    {
        var start = new DateOnly(date.Year, YearStartMonth, YearStartDay);
        return start <= date ? start : start.AddYears(-1);
    }

    internal sealed class Map : IEntityTypeConfiguration<MeterPrice>
    {
        public void Configure(EntityTypeBuilder<MeterPrice> builder)
        {
            builder.ToTable("meter_prices");
            builder.HasKey(p => p.Id);
            builder.Property(p => p.Name).HasMaxLength(Limits.Name);
            builder.HasIndex(p => new { p.AccountId, p.Name }, NameIndex).IsUnique();
        }
    }
}

/// <summary>What a price costs from a date on, until a later version begins. History is kept (PM-02.2).</summary>
public sealed class MeterPriceVersion : IVersioned
{
    public const string FromIndex = "IX_meter_price_versions_PriceId_ValidFrom";

    public long Id { get; init; }

    public long PriceId { get; init; }

    public DateOnly ValidFrom { get; set; }

    /// <summary>Its tiers, as JSON.</summary>
    public required string Tiers { get; set; }

    public int Version { get; set; }

    internal Tariff Tariff => Tariff.Of(JsonSerializer.Deserialize<PriceTier[]>(Tiers, Json.Options)!)!;

    internal static string Store(IReadOnlyList<PriceTier> tiers) => JsonSerializer.Serialize(tiers, Json.Options);

    internal sealed class Map : IEntityTypeConfiguration<MeterPriceVersion>
    {
        public void Configure(EntityTypeBuilder<MeterPriceVersion> builder)
        {
            builder.ToTable("meter_price_versions");
            builder.HasKey(v => v.Id);
            builder.Property(v => v.Tiers).HasMaxLength(1000);
            builder.HasIndex(v => new { v.PriceId, v.ValidFrom }, FromIndex).IsUnique();
            builder.Ignore(v => v.Tariff);
        }
    }
}

/// <summary>A price as it holds on a date.</summary>
internal sealed record PriceInForce(MeterPrice Price, MeterPriceVersion Version)
{
    public Tariff Tariff { get; } = Version.Tariff;
}

/// <summary>Finds what prices cost on a date.</summary>
internal sealed class PriceBook(AppDb db)
{
    /// <summary>Null where there is no such price, or it does not hold yet.</summary>
    public async Task<PriceInForce?> At(long priceId, DateOnly date, CancellationToken ct)
    {
        var price = await db.Set<MeterPrice>().SingleOrDefaultAsync(p => p.Id == priceId, ct);
        var version = await db.Set<MeterPriceVersion>()
            .Where(v => v.PriceId == priceId && v.ValidFrom <= date)
            .OrderByDescending(v => v.ValidFrom)
            .FirstOrDefaultAsync(ct);
        return price is null || version is null ? null : new PriceInForce(price, version);
    }

    /// <summary>The price of a version that a sale was made at.</summary>
    public async Task<PriceInForce> Of(long priceId, long versionId, CancellationToken ct) =>
        new(
            await db.Set<MeterPrice>().SingleAsync(p => p.Id == priceId, ct),
            await db.Set<MeterPriceVersion>().SingleAsync(v => v.Id == versionId, ct)
        );
}
