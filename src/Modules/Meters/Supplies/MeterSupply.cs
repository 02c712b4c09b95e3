using Meters.Prices;

namespace Meters.Supplies;

/// <summary>Where a supply stands.</summary>
public enum SupplyState
{
    /// <summary>Its card is being written for the first time; nothing is booked.</summary>
    Opening,

    /// <summary>已开户.</summary>
    Opened,

    /// <summary>已销户, or given to another user (过户).</summary>
    Closed,
}

/// <summary>
/// A user's meter under an account: the price, the card, how far the purchases are, what the meter wrote back last. One open operation at a time:
/// whoever begins one writes this row (PM-05.5). Quantities are hundredths of a unit.
/// </summary>
public sealed class MeterSupply : IVersioned
{
    /// <summary>A user opens once per account (PM-04.1).</summary>
    public const string OnceIndex = "IX_meter_supplies_OpenUser";

    /// <summary>A meter is open for one user.</summary>
    public const string MeterIndex = "IX_meter_supplies_OpenMeter";

    public long Id { get; init; }

    public long UserId { get; init; }

    public long AccountId { get; init; }

    public long PriceId { get; set; }

    public SupplyState State { get; set; }

    /// <summary>表号: 12 digits.</summary>
    public required string MeterNumber { get; set; }

    /// <summary>User and account while it is not closed, else null: the unique index lets a user open an account once.</summary>
    public string? OpenUser { get; set; }

    /// <summary>Account and meter number while it is not closed, else null.</summary>
    public string? OpenMeter { get; set; }

    /// <summary>The user's card; null where tokens carry purchases.</summary>
    public long? CardId { get; set; }

    /// <summary>The card operation that began last; it holds the supply until it is settled.</summary>
    public long? OperationId { get; set; }

    /// <summary>The counter of the last purchase.</summary>
    public int Seq { get; set; }

    public int Revision { get; set; }

    /// <summary>What of the last purchase stands on the card.</summary>
    public long OnCard { get; set; }

    /// <summary>The sale of the last purchase; null after a meter change.</summary>
    public long? LastSaleId { get; set; }

    /// <summary>Taken off the next sale: what the user owes in quantity (PM-05.7).</summary>
    public long Owed { get; set; }

    /// <summary>The price year that <see cref="SoldInYear"/> counts.</summary>
    public DateOnly YearStart { get; set; }

    public long SoldInYear { get; set; }

    /// <summary>All that was sold, less what was given back.</summary>
    public long TotalSold { get; set; }

    /// <summary>What meters before this one used (PM-10.3).</summary>
    public long TotalUseBefore { get; set; }

    /// <summary>What came to the meter beside sales: a pre-stored quantity that was given, and what an earlier user had bought.</summary>
    public long Baseline { get; init; }

    /// <summary>The last purchase was seen to be taken.</summary>
    public bool Swiped { get; set; }

    /// <summary>What the meter wrote back last; null before it ever did.</summary>
    public long? Remaining { get; set; }

    public long? TotalUse { get; set; }

    public int Flags { get; set; }

    /// <summary>The meter's clock when it wrote back.</summary>
    public DateTime? MeterTime { get; set; }

    /// <summary>When the counter saw it.</summary>
    public DateTime? SeenAt { get; set; }

    public long BranchId { get; init; }

    public DateOnly? OpenedOn { get; set; }

    public DateOnly? ClosedOn { get; set; }

    /// <summary>The supply that this one continues after a transfer.</summary>
    public long? ContinuesId { get; init; }

    public int Version { get; set; }

    /// <summary>
    /// What should have been used or be left, less what the meter says (PM-10.3): above zero where use is missing. What waits on the card is not in
    /// the meter yet; what is owed is there beside what was sold.
    /// </summary>
    internal long? Difference => TotalSold + Baseline + Owed - (Swiped ? 0 : OnCard) - UsedAndLeft;

    /// <summary>Total use and remaining as last written back, and what meters before this one used; null before it was written back.</summary>
    internal long? UsedAndLeft => TotalUseBefore + TotalUse + Remaining;

    /// <summary>What was sold in the price year that a date is in: a new year and another price start at zero (PM-02.3).</summary>
    internal long SoldIn(DateOnly yearStart) => YearStart == yearStart ? SoldInYear : 0;

    /// <summary>Counts a quantity, sold or given back, in the price year of its sale.</summary>
    internal void Count(DateOnly yearStart, long quantity)
    {
        TotalSold = checked(TotalSold + quantity);
        if (yearStart > YearStart)
        {
            (YearStart, SoldInYear) = (yearStart, 0);
        }

        // What comes back of an earlier year's sale is taken off that year, which counts no more.
        if (yearStart == YearStart)
        {
            SoldInYear = Math.Max(0, checked(SoldInYear + quantity));
        }
    }

    internal void SetOpen(bool open)
    {
        OpenUser = open ? $"{UserId}:{AccountId}" : null;
        OpenMeter = open ? $"{AccountId}:{MeterNumber}" : null;
    }

    internal sealed class Map : IEntityTypeConfiguration<MeterSupply>
    {
        public void Configure(EntityTypeBuilder<MeterSupply> builder)
        {
            builder.ToTable("meter_supplies");
            builder.HasKey(s => s.Id);
            builder.Property(s => s.MeterNumber).HasMaxLength(12);
            builder.Property(s => s.OpenUser).HasMaxLength(42);
            builder.Property(s => s.OpenMeter).HasMaxLength(42);
            builder.HasIndex(s => s.OpenUser, OnceIndex).IsUnique().HasFilter("\"OpenUser\" IS NOT NULL");
            builder.HasIndex(s => s.OpenMeter, MeterIndex).IsUnique().HasFilter("\"OpenMeter\" IS NOT NULL");
            builder.Ignore(s => s.Difference);
            builder.Ignore(s => s.UsedAndLeft);
            builder.HasIndex(s => s.UserId);
            builder.HasIndex(s => s.CardId);
            builder.HasIndex(s => s.MeterNumber);
            builder.HasIndex(s => new
            {
                s.AccountId,
                s.State,
                s.Id,
            });
            builder.HasIndex(s => s.PriceId);
        }
    }
}

/// <summary>What the meter wrote back each time its card came to a counter (PM-11.1). Quantities in hundredths of a unit.</summary>
public sealed class MeterReading
{
    public long Id { get; init; }

    public long SupplyId { get; init; }

    public required string MeterNumber { get; init; }

    public int LastSeq { get; init; }

    public long Remaining { get; init; }

    public long TotalUse { get; init; }

    /// <summary>The result code.</summary>
    public int Result { get; init; }

    /// <summary>Alarm, overdraft, valve closed, tamper, low battery.</summary>
    public int Flags { get; init; }

    /// <summary>What should have been used or be left then, less what the meter said.</summary>
    public long Difference { get; init; }

    /// <summary>The meter's clock.</summary>
    public DateTime MeterTime { get; init; }

    public DateTime SeenAt { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<MeterReading>
    {
        public void Configure(EntityTypeBuilder<MeterReading> builder)
        {
            builder.ToTable("meter_readings");
            builder.HasKey(r => r.Id);
            builder.Property(r => r.MeterNumber).HasMaxLength(12);
            builder.HasIndex(r => new { r.SupplyId, r.Id });
        }
    }
}
