using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Issuance.Replacing;

/// <summary>The state of a replacement.</summary>
public enum ReplacementState
{
    /// <summary>The new chip is being written.</summary>
    Reserved,

    /// <summary>The new card is issued. The old purse waits for outstanding consumption.</summary>
    Waiting,

    /// <summary>The old purse has moved to the new card's reserve account.</summary>
    Transferred,
}

/// <summary>
/// A new card in the place of a lost, damaged or expired one (FC-36.3). Its row is also the claim of the transfer: made once, under its
/// version.
/// </summary>
public sealed class CardReplacement : IVersioned
{
    public const string OldCardIndex = "IX_card_replacements_OldCardId";
    public const string NewCardIndex = "IX_card_replacements_NewCardId";

    public long Id { get; init; }

    public long OldCardId { get; init; }

    public long NewCardId { get; init; }

    public long CustomerId { get; init; }

    public long BranchId { get; init; }

    public long OperatorId { get; init; }

    /// <summary>What the old card was.</summary>
    public CardState Reason { get; init; }

    public ReplacementState State { get; set; }

    /// <summary>When the new card was issued, UTC.</summary>
    public DateTime? ReplacedAt { get; set; }

    /// <summary>When the old purse moves and the new card can load, UTC.</summary>
    public DateTime? TransferDueAt { get; set; }

    public DateTime? TransferredAt { get; set; }

    /// <summary>Fen that moved from the old purse.</summary>
    public long Amount { get; set; }

    public long Points { get; set; }

    /// <summary>The transaction of the transfer; null where nothing was left.</summary>
    public long? TransactionId { get; set; }

    public int Version { get; set; }

    /// <summary>The old purse has moved; the booking writes it under the row's version, which makes it happen once.</summary>
    /// <param name="now">When, UTC.</param>
    /// <param name="amount">Fen that moved.</param>
    /// <param name="points">Points that moved.</param>
    /// <param name="booking">What moves them. Where nothing was left it moves nothing, and has no transaction.</param>
    public void Transfer(DateTime now, long amount, long points, Booking booking)
    {
        ArgumentNullException.ThrowIfNull(booking);
        State =
            State == ReplacementState.Waiting
                ? ReplacementState.Transferred
                : throw new InvalidOperationException($"The replacement is {State} and has nothing to transfer.");
        (TransferredAt, Amount, Points) = (now, amount, points);
        TransactionId = booking.Lines.Count > 0 ? booking.Id : null;
        booking.Update(this);
    }

    internal sealed class Map : IEntityTypeConfiguration<CardReplacement>
    {
        public void Configure(EntityTypeBuilder<CardReplacement> builder)
        {
            builder.ToTable("card_replacements");
            builder.HasKey(r => r.Id);
            builder.HasIndex(r => r.OldCardId, OldCardIndex).IsUnique();
            builder.HasIndex(r => r.NewCardId, NewCardIndex).IsUnique();
            builder.HasIndex(r => new { r.State, r.TransferDueAt });
        }
    }
}

/// <summary>The card took another one's place, and loads only after the waiting time (FC-15.4).</summary>
/// <param name="LoadableAt">From when it loads.</param>
public sealed record ReplacementLoadWaits(DateTimeOffset LoadableAt)
    : Refusal(
        "replacement-load-waits",
        409,
        "This card replaces another one. It can load only after the waiting time.",
        "补换的卡须过等待期后方可圈存。"
    );

/// <summary>What other slices ask about replacements.</summary>
public static class Replacements
{
    /// <summary>The refusal of everything that writes money to a card before its waiting time is over (FC-15.4); null when it may.</summary>
    public static async Task<ReplacementLoadWaits?> LoadWaits(this AppDb db, long cardId, DateTime now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        var due = await db.Set<CardReplacement>()
            .Where(r => r.NewCardId == cardId && r.TransferDueAt > now)
            .Select(r => r.TransferDueAt)
            .SingleOrDefaultAsync(ct);
        return due is { } at ? new ReplacementLoadWaits(at.AtUtc()) : null;
    }
}
