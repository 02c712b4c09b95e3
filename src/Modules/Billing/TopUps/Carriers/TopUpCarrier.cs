using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json;

namespace Billing.TopUps.Carriers;

/// <summary>运营商: a carrier, what it offers, and what its credit warns at. The version guards what a sale was decided on.</summary>
internal sealed class TopUpCarrier : IVersioned
{
    public const string CodeIndex = "IX_top_up_carriers_Code";

    public long Id { get; init; }

    public required string Code { get; init; }

    public required string Name { get; set; }

    public bool IsOpen { get; set; }

    /// <summary>Fen of each amount on offer, as JSON; an empty list where the range counts.</summary>
    public required string Amounts { get; set; }

    /// <summary>Fen: the range of one online top-up.</summary>
    public long Least { get; set; }

    public long Most { get; set; }

    /// <summary>Fen: the largest change top-up; 0 where the carrier takes none.</summary>
    public long ChangeMost { get; set; }

    /// <summary>Top-ups of one number and day.</summary>
    public int DailyCount { get; set; }

    /// <summary>Fen of one number and day.</summary>
    public long DailyAmount { get; set; }

    /// <summary>Minutes after midnight in China's time, from and up to which it is open.</summary>
    public int OpensAt { get; set; }

    public int ClosesAt { get; set; }

    /// <summary>Fen of credit below which it is low.</summary>
    public long WarnBelow { get; set; }

    public int Version { get; set; }

    [NotMapped]
    public IReadOnlyList<long> AllAmounts => JsonSerializer.Deserialize<List<long>>(Amounts)!;

    [NotMapped]
    public AccountRef Float => new(TopUpAccounts.CarrierFloat, Id);

    public bool IsOpenAt(DateTimeOffset instant)
    {
        var time = instant.ToOffset(TimeSpan.FromHours(8)).TimeOfDay;
        return time >= TimeSpan.FromMinutes(OpensAt) && time < TimeSpan.FromMinutes(ClosesAt);
    }

    public bool Offers(long amount) => AllAmounts is { Count: > 0 } list ? list.Contains(amount) : amount >= Least && amount <= Most;

    internal sealed class Map : IEntityTypeConfiguration<TopUpCarrier>
    {
        public void Configure(EntityTypeBuilder<TopUpCarrier> builder)
        {
            builder.ToTable("top_up_carriers");
            builder.HasKey(c => c.Id);
            builder.Property(c => c.Code).HasMaxLength(TopUpLimits.Code);
            builder.Property(c => c.Name).HasMaxLength(TopUpLimits.Name);
            builder.Property(c => c.Amounts).HasMaxLength(400);
            builder.HasIndex(c => c.Code, CodeIndex).IsUnique();
        }
    }
}

/// <summary>What a carrier offers. Amounts are in fen, times in China's time.</summary>
/// <param name="Name" example="中国移动">Its name, 1 to 60 characters.</param>
/// <param name="Open" example="true">Does it take top-ups?</param>
/// <param name="Amounts" example="[1000,2000,3000,5000,10000,20000,30000,50000]">The amounts on offer, at most 20; empty for the
/// range.</param>
/// <param name="Least" example="1000">The smallest online top-up, 1 to 1,000,000.</param>
/// <param name="Most" example="50000">The largest online top-up, 1 to 1,000,000.</param>
/// <param name="ChangeMost" example="999">The largest change top-up, 0 to 999; 0 where the carrier takes none.</param>
/// <param name="DailyCount" example="10">Top-ups of one number and day, 1 to 1,000.</param>
/// <param name="DailyAmount" example="100000">Fen of one number and day, 1 to 100,000,000.</param>
/// <param name="Opens" example="00:00">From when it takes top-ups, as HH:mm.</param>
/// <param name="Closes" example="24:00">Up to when, as HH:mm; 24:00 is midnight.</param>
/// <param name="WarnBelow" example="1000000">Credit below this is low, 0 to 100,000,000,000.</param>
public sealed record SetTopUpCarrierRequest(
    string Name,
    bool Open,
    IReadOnlyList<long> Amounts,
    long Least,
    long Most,
    long ChangeMost,
    int DailyCount,
    long DailyAmount,
    string Opens,
    string Closes,
    long WarnBelow
);

/// <summary>A carrier. Amounts are in fen, times in China's time.</summary>
/// <param name="CarrierCode" example="CM">Its code.</param>
/// <param name="Name" example="中国移动">Its name.</param>
/// <param name="Open" example="true">Does it take top-ups?</param>
/// <param name="Amounts" example="[1000,2000,3000,5000,10000,20000,30000,50000]">The amounts on offer; empty for the range.</param>
/// <param name="Least" example="1000">The smallest online top-up.</param>
/// <param name="Most" example="50000">The largest online top-up.</param>
/// <param name="ChangeMost" example="999">The largest change top-up; 0 where the carrier takes none.</param>
/// <param name="DailyCount" example="10">Top-ups of one number and day.</param>
/// <param name="DailyAmount" example="100000">Fen of one number and day.</param>
/// <param name="Opens" example="00:00">From when it takes top-ups.</param>
/// <param name="Closes" example="24:00">Up to when.</param>
/// <param name="WarnBelow" example="1000000">Credit below this is low.</param>
/// <param name="Version" example="1">Also the ETag.</param>
public sealed record TopUpCarrierResponse(
    string CarrierCode,
    string Name,
    bool Open,
    IReadOnlyList<long> Amounts,
    long Least,
    long Most,
    long ChangeMost,
    int DailyCount,
    long DailyAmount,
    string Opens,
    string Closes,
    long WarnBelow,
    int Version
) : IVersionedResponse
{
    internal static TopUpCarrierResponse Of(TopUpCarrier c, int version) =>
        new(
            c.Code,
            c.Name,
            c.IsOpen,
            c.AllAmounts,
            c.Least,
            c.Most,
            c.ChangeMost,
            c.DailyCount,
            c.DailyAmount,
            DayTime.Text(c.OpensAt),
            DayTime.Text(c.ClosesAt),
            c.WarnBelow,
            version
        );
}

/// <summary>There is no such carrier.</summary>
public sealed record CarrierUnknown() : Refusal("carrier-unknown", 404, "There is no such carrier.", "无此运营商。");
