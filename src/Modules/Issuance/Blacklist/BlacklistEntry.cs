using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Issuance.Blacklist;

/// <summary>
/// What stations must know of a card: one row for each card that was ever on the blacklist, so that a list is never longer than that. A change takes
/// the row's number away; <see cref="BlacklistNumbering"/> gives it the next one.
/// </summary>
public sealed class BlacklistEntry : IVersioned
{
    public const string NumberIndex = "IX_blacklist_entries_Number";

    public long CardId { get; init; }

    public required string CardNumber { get; init; }

    /// <summary>False: the card is off the list again.</summary>
    public bool Listed { get; set; }

    /// <summary>The card's state that put it on the list or took it off.</summary>
    public CardState Reason { get; set; }

    public DateTime ChangedAt { get; set; }

    /// <summary>The blacklist's version this change belongs to; null until it is numbered, which the next reader does.</summary>
    public long? Number { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<BlacklistEntry>
    {
        public void Configure(EntityTypeBuilder<BlacklistEntry> builder)
        {
            builder.ToTable("blacklist_entries");
            builder.HasKey(b => b.CardId);
            builder.Property(b => b.CardNumber).HasMaxLength(16);
            builder.HasIndex(b => b.Number, NumberIndex).IsUnique();
        }
    }
}

/// <summary>The blacklist's version: one row, moved on by whoever numbers changes.</summary>
public sealed class BlacklistVersion : IVersioned
{
    public const long OnlyId = 1;

    public long Id { get; init; }

    public long Last { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<BlacklistVersion>
    {
        public void Configure(EntityTypeBuilder<BlacklistVersion> builder)
        {
            builder.ToTable("blacklist_versions");
            builder.HasKey(b => b.Id);
        }
    }
}

/// <summary>Notes what a booking makes of a card on the blacklist.</summary>
internal static class BlacklistEntries
{
    public static async Task Note(AppDb db, Booking booking, Card card, DateTime now, CancellationToken ct) =>
        Note(booking, card, await db.Set<BlacklistEntry>().SingleOrDefaultAsync(b => b.CardId == card.Id, ct), now);

    /// <param name="known">The card's row; null where it never was on the list.</param>
    public static void Note(Booking booking, Card card, BlacklistEntry? known, DateTime now)
    {
        var listed = CardStates.Blacklisted.Contains(card.State);
        if (known is not null)
        {
            (known.Listed, known.Reason, known.ChangedAt, known.Number) = (listed, card.State, now, null);
            booking.Update(known);
        }
        else if (listed)
        {
            booking.Insert(
                new BlacklistEntry
                {
                    CardId = card.Id,
                    CardNumber = card.Number,
                    Listed = true,
                    Reason = card.State,
                    ChangedAt = now,
                }
            );
        }
    }
}
