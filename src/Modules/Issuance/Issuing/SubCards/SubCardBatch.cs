using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Issuance.Issuing.SubCards;

/// <summary>
/// A batch of sub-cards, issued one after another by one operator to one customer (FC-03). It holds what later cards take from the first one: the
/// amounts, and the one approval to go beyond the limit.
/// </summary>
internal sealed class SubCardBatch : IVersioned
{
    /// <summary>A working day: what was approved for a batch must not be there to use weeks later.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromHours(12);

    public long Id { get; init; }

    public long CustomerId { get; init; }

    public long BranchId { get; init; }

    public long OperatorId { get; init; }

    /// <summary>The function it was opened by; its right is asked for with each card.</summary>
    public required string RightName { get; init; }

    public CardType CardType { get; init; }

    /// <summary>工本费 of the first card, fen; all others take it. Null until there is a first one.</summary>
    public long? CardFee { get; set; }

    public long? Deposit { get; set; }

    /// <summary>Who approved amounts that differ from the set ones; null when nobody had to.</summary>
    public long? AmountsApproverId { get; set; }

    /// <summary>N: how many cards beyond the limit were approved; null while none had to be.</summary>
    public int? More { get; set; }

    /// <summary>How many of these are left.</summary>
    public int MoreLeft { get; set; }

    public long? MoreApproverId { get; set; }

    public DateTime OpenedAt { get; init; }

    public DateTime ExpiresAt { get; init; }

    /// <summary>The transaction that closed it, of which 「发副卡清单」 is the document.</summary>
    public long? ClosedById { get; set; }

    public int Version { get; set; }

    /// <summary>No more cards: closed, run out of time, or the approved ones beyond the limit are all issued.</summary>
    public bool IsOver(DateTime now) => ClosedById is not null || ExpiresAt <= now || (More is not null && MoreLeft == 0);

    internal sealed class Map : IEntityTypeConfiguration<SubCardBatch>
    {
        public void Configure(EntityTypeBuilder<SubCardBatch> builder)
        {
            builder.ToTable("sub_card_batches");
            builder.HasKey(b => b.Id);
            builder.Property(b => b.RightName).HasMaxLength(60);
            builder.HasIndex(b => b.CustomerId);
            builder.HasIndex(b => b.ClosedById).IsUnique();
        }
    }
}

/// <summary>A card that was reserved in a batch; gone again when the reservation is released.</summary>
internal sealed class SubCardBatchCard
{
    public long CardId { get; init; }

    public long BatchId { get; init; }

    /// <summary>One of the approved cards beyond the limit.</summary>
    public bool BeyondLimit { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<SubCardBatchCard>
    {
        public void Configure(EntityTypeBuilder<SubCardBatchCard> builder)
        {
            builder.ToTable("sub_card_batch_cards");
            builder.HasKey(c => c.CardId);
            builder.HasIndex(c => c.BatchId);
        }
    }
}
