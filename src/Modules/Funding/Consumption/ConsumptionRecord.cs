using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Cards.Cryptography.Profiles;

namespace Funding.Consumption;

/// <summary>The state of a station's record.</summary>
public enum ConsumptionState
{
    /// <summary>Taken from the card account.</summary>
    Booked,

    /// <summary>The end of the fill never reached the chip. The card is locked, and pays when it is unlocked.</summary>
    AwaitingUnlock,

    /// <summary>An unlock of the card is under way.</summary>
    Unlocking,

    /// <summary>The card was unlocked without a record, and paid nothing.</summary>
    UnlockedEmpty,
}

/// <summary>
/// One consumption of a card, once by card, application and offline counter (FC-39.1). Amount in fen (points in the points application);
/// the counter is the chip's after it.
/// </summary>
public sealed class ConsumptionRecord : IVersioned
{
    public const string KeyIndex = "IX_consumption_records_Key";

    public long Id { get; init; }

    /// <summary>Card number, M or P, counter in hex: <c>1000110000000013M0001</c>.</summary>
    public required string Key { get; init; }

    public long CardId { get; init; }

    public CardApplication Application { get; init; }

    public int Counter { get; init; }

    public long Amount { get; set; }

    /// <summary>8 digits; empty where no station has uploaded the fill.</summary>
    public required string StationCode { get; set; }

    /// <summary>12 hex digits.</summary>
    public required string Terminal { get; set; }

    public long TerminalTransaction { get; set; }

    /// <summary>When the station says it was, UTC.</summary>
    public DateTime ConsumedAt { get; set; }

    public required string OilType { get; set; }

    public long Millilitres { get; set; }

    /// <summary>8 hex digits; null for a fill that the chip has not paid yet, or paid at an unlock.</summary>
    public string? Tac { get; set; }

    /// <summary>The GTAC of the fill the card was locked for, 8 hex digits.</summary>
    public string? GreyTac { get; set; }

    /// <summary>What the chip showed after it, as the station says; no TAC covers it.</summary>
    public long? BalanceAfter { get; set; }

    public ConsumptionState State { get; set; }

    /// <summary>The upload that brought it, and its place there: so the same upload, sent again, gives the same answer.</summary>
    public long BatchId { get; set; }

    public int BatchIndex { get; set; }

    /// <summary>The card operation that unlocks it.</summary>
    public long? OperationId { get; set; }

    /// <summary>The transaction that booked it, with others of its upload.</summary>
    public long? TransactionId { get; set; }

    public DateTime ReceivedAt { get; init; }

    public int Version { get; set; }

    /// <summary>Booked on a person's word, whom neither TAC nor GTAC bears out (FC-39.1).</summary>
    public bool IsUnproved => Tac is null && GreyTac is null;

    public static string KeyOf(string cardNumber, CardApplication application, int counter) =>
        string.Create(CultureInfo.InvariantCulture, $"{cardNumber}{(application == CardApplication.Money ? 'M' : 'P')}{counter:X4}");

    internal sealed class Map : IEntityTypeConfiguration<ConsumptionRecord>
    {
        public void Configure(EntityTypeBuilder<ConsumptionRecord> builder)
        {
            builder.ToTable("consumption_records");
            builder.HasKey(r => r.Id);
            builder.Property(r => r.Key).HasMaxLength(24);
            builder.Property(r => r.StationCode).HasMaxLength(8);
            builder.Property(r => r.Terminal).HasMaxLength(12);
            builder.Property(r => r.OilType).HasMaxLength(20);
            builder.Property(r => r.Tac).HasMaxLength(8);
            builder.Property(r => r.GreyTac).HasMaxLength(8);
            builder.Ignore(r => r.IsUnproved);
            builder.HasIndex(r => r.Key, KeyIndex).IsUnique();
            builder.HasIndex(r => new { r.CardId, r.Id });
        }
    }
}

/// <summary>Why a station's record was set aside.</summary>
public enum SetAsideReason
{
    /// <summary>A field is not valid.</summary>
    Malformed,

    /// <summary>No card has this number.</summary>
    UnknownCard,

    /// <summary>The TAC or GTAC does not match this card and record.</summary>
    WrongTac,

    /// <summary>Another record with this counter was already booked.</summary>
    CounterUsed,

    /// <summary>The amount exceeds the card account, which never goes below zero.</summary>
    CardAccountTooSmall,

    /// <summary>The card is being unlocked from this fill; send the record again later.</summary>
    CardBeingUnlocked,

    /// <summary>The customer was closed, and what was kept for late consumption is used up or paid out: a claim on the former customer.</summary>
    AfterClosing,
}

/// <summary>The decision on a set-aside record.</summary>
public enum SetAsideDecision
{
    /// <summary>Booked to the card account.</summary>
    Booked,

    /// <summary>Never booked. Another upload of the record needs no new decision.</summary>
    Dismissed,
}

/// <summary>
/// A station's record that was not booked, kept as it came; once, however often it is sent. Booked later, or decided by a person, it is resolved.
/// </summary>
public sealed class SetAsideConsumption : IVersioned
{
    public const string HashIndex = "IX_set_aside_consumption_ContentHash";

    public long Id { get; init; }

    /// <summary>SHA-256 of the whole record, hex.</summary>
    public required string ContentHash { get; init; }

    public SetAsideReason Reason { get; set; }

    /// <summary>The record as JSON, as it came.</summary>
    public required string Record { get; init; }

    public long BranchId { get; init; }

    public DateTime ReceivedAt { get; init; }

    public DateTime? ResolvedAt { get; set; }

    /// <summary>Null while no person has decided it: also where it could be booked when it was sent again.</summary>
    public SetAsideDecision? Decision { get; set; }

    public string? DecisionReason { get; set; }

    public long? DecidedById { get; set; }

    public long? DecisionApproverId { get; set; }

    /// <summary>The transaction that booked it by decision.</summary>
    public long? TransactionId { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<SetAsideConsumption>
    {
        public void Configure(EntityTypeBuilder<SetAsideConsumption> builder)
        {
            builder.ToTable("set_aside_consumption");
            builder.HasKey(r => r.Id);
            builder.Property(r => r.ContentHash).HasMaxLength(64);
            builder.Property(r => r.Record).HasMaxLength(2000);
            builder.Property(r => r.DecisionReason).HasMaxLength(200);
            builder.HasIndex(r => r.ContentHash, HashIndex).IsUnique();
            builder.HasIndex(r => new { r.ResolvedAt, r.Id });
        }
    }
}
