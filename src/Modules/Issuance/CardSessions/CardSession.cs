using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Issuance.CardSessions;

/// <summary>
/// That a card was in a counter's reader and proved its key ("card present"). Its id is that of the card operation that proved it. Good for the
/// operator who asked for it, and not for long.
/// </summary>
public sealed class CardSession
{
    /// <summary>Long enough for one customer at the counter, too short to work on after he has gone.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    public long Id { get; init; }

    public long CardId { get; init; }

    public long BranchId { get; init; }

    public long OperatorId { get; init; }

    /// <summary>Fen that the chip held when it was read; null where it did not say.</summary>
    public long? ChipBalance { get; init; }

    public DateTime ProvedAt { get; init; }

    public DateTime ExpiresAt { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<CardSession>
    {
        public void Configure(EntityTypeBuilder<CardSession> builder)
        {
            builder.ToTable("card_sessions");
            builder.HasKey(s => s.Id);
            builder.HasIndex(s => new { s.OperatorId, s.ExpiresAt });
        }
    }
}
