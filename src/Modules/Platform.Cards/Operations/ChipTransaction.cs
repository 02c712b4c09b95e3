using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Cards.Scripts;

namespace Platform.Cards.Operations;

/// <summary>
/// What a chip has proved to have done under one of its online counters. The key lets each be booked once, whoever confirms it and how often; the
/// highest counter of a card tells a copy of an earlier state of it.
/// </summary>
public sealed class ChipTransaction
{
    public long CardId { get; init; }

    public CardApplication Application { get; init; }

    /// <summary>The chip's online counter after it; 0 for the issue.</summary>
    public int Counter { get; init; }

    public long OperationId { get; init; }

    /// <summary>Fen, or points, on the chip after it; null where the card was away.</summary>
    public long? BalanceAfter { get; init; }

    public ConfirmedBy By { get; init; }

    public DateTime At { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<ChipTransaction>
    {
        public void Configure(EntityTypeBuilder<ChipTransaction> builder)
        {
            builder.ToTable("chip_transactions");
            builder.HasKey(t => new
            {
                t.CardId,
                t.Application,
                t.Counter,
            });
        }
    }
}
