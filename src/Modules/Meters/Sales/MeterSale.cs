using System.Text.Json;
using Counter.Payments;
using Meters.Prices;

namespace Meters.Sales;

/// <summary>What kind of sale a row is.</summary>
public enum MeterSaleKind
{
    /// <summary>开户充值.</summary>
    Opening,

    /// <summary>充值.</summary>
    Sale,

    /// <summary>充值修改: the last purchase before it was swiped.</summary>
    Correction,

    /// <summary>退购: the last purchase given back before it was swiped.</summary>
    GiveBack,

    /// <summary>销户: what was left.</summary>
    Closing,
}

/// <summary>
/// A sale, or what changed one (PM-05 to PM-06). Quantity and amount are what this row adds, so that a day's rows add up; a correction also holds the
/// purchase as it now stands, and takes the place of the row before. Its id is its transaction's.
/// </summary>
public sealed class MeterSale : IVersioned, IDated
{
    public long Id { get; init; }

    public MeterSaleKind Kind { get; init; }

    public long SupplyId { get; init; }

    public long UserId { get; init; }

    public long AccountId { get; init; }

    public long PriceId { get; init; }

    public long PriceVersionId { get; init; }

    public long BranchId { get; init; }

    public long OperatorId { get; init; }

    /// <summary>Hundredths of a unit that this row adds; below zero where it takes back.</summary>
    public long Quantity { get; init; }

    /// <summary>Fen that this row adds.</summary>
    public long Amount { get; init; }

    /// <summary>The purchase as it stands: hundredths of a unit. 0 for a give-back or closing.</summary>
    public long Sold { get; init; }

    /// <summary>Its parts by price, as JSON.</summary>
    public required string Parts { get; init; }

    /// <summary>Does it stand, not replaced by a correction?</summary>
    public bool Stands { get; set; }

    /// <summary>What of it was given back since.</summary>
    public long GivenBack { get; set; }

    /// <summary>What was owed and taken off it.</summary>
    public long OwedTaken { get; init; }

    public int Seq { get; init; }

    public int Revision { get; init; }

    /// <summary>The price year that it counts in.</summary>
    public DateOnly YearStart { get; init; }

    /// <summary>What the supply had sold in that year before it.</summary>
    public long SoldBefore { get; init; }

    public required string PaymentMethod { get; init; }

    /// <summary>The sale that it corrects.</summary>
    public long? CorrectsId { get; init; }

    public DateOnly BusinessDate { get; set; }

    public DateTime BookedAt { get; set; }

    public int Version { get; set; }

    internal IReadOnlyList<PricedPart> PricedParts => ReadParts(Parts);

    internal static string StoreParts(IReadOnlyList<PricedPart> parts) => JsonSerializer.Serialize(parts, Json.Options);

    internal static IReadOnlyList<PricedPart> ReadParts(string parts) => JsonSerializer.Deserialize<PricedPart[]>(parts, Json.Options)!;

    internal sealed class Map : IEntityTypeConfiguration<MeterSale>
    {
        public void Configure(EntityTypeBuilder<MeterSale> builder)
        {
            builder.ToTable("meter_sales");
            builder.HasKey(s => s.Id);
            builder.Property(s => s.Parts).HasMaxLength(1000);
            builder.HasIndex(s => new { s.SupplyId, s.Id });
            builder.HasIndex(s => new { s.BranchId, s.BusinessDate });
            builder.HasIndex(s => new { s.AccountId, s.BusinessDate });
            builder.HasIndex(s => s.UserId);
            builder.HasIndex(s => s.PriceId);
            builder.Ignore(s => s.PricedParts);
        }
    }
}
