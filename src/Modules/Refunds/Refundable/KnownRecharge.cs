using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Refunds.Refundable;

/// <summary>
/// A recharge of a customer whose entries are counted (docs/adr/0018): so that what is left of which recharge is found without reading the customer's
/// whole history. It says nothing that the transactions do not say.
/// </summary>
internal sealed class KnownRecharge
{
    /// <summary>The transaction.</summary>
    public long RechargeId { get; init; }

    public long CustomerId { get; init; }

    /// <summary>Where it was received.</summary>
    public long BranchId { get; init; }

    /// <summary>Fen.</summary>
    public long Received { get; init; }

    /// <summary>The name of the way of paying; null where a unit's recharge list brought it.</summary>
    public string? PaidBy { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<KnownRecharge>
    {
        public void Configure(EntityTypeBuilder<KnownRecharge> builder)
        {
            builder.ToTable("known_recharges");
            builder.HasKey(r => r.RechargeId);
            builder.Property(r => r.RechargeId).ValueGeneratedNever();
            builder.Property(r => r.PaidBy).HasMaxLength(40);
            builder.HasIndex(r => new { r.CustomerId, r.RechargeId });
        }
    }
}

/// <summary>How far the entries of one account are counted in <see cref="KnownRecharge"/>. Only long accounts have a row.</summary>
internal sealed class CountedAccount
{
    public short Kind { get; init; }

    public long Owner { get; init; }

    /// <summary>Every entry up to this sequence is counted. Entries of one account are committed in the order of their sequence.</summary>
    public long Sequence { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<CountedAccount>
    {
        public void Configure(EntityTypeBuilder<CountedAccount> builder)
        {
            builder.ToTable("refund_counted_accounts");
            builder.HasKey(a => new { a.Kind, a.Owner });
        }
    }
}

/// <summary>
/// What went back of one recharge (FC-26.4). Every refund of it, its return, its cancellation, its void and every new invoice on it write this row
/// under its version, so that of two at once one decides again: refunded never exceeds received.
/// </summary>
internal sealed class RefundedRecharge : IVersioned
{
    /// <summary>The transaction of the recharge.</summary>
    public long RechargeId { get; init; }

    public long CustomerId { get; init; }

    /// <summary>Fen.</summary>
    public long Received { get; init; }

    /// <summary>Fen.</summary>
    public long Refunded { get; set; }

    /// <summary>The void or reversal that took the recharge back: nothing of it is refunded any more.</summary>
    public long? TakenBackById { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<RefundedRecharge>
    {
        public void Configure(EntityTypeBuilder<RefundedRecharge> builder)
        {
            builder.ToTable("refunded_recharges");
            builder.HasKey(r => r.RechargeId);
            builder.Property(r => r.RechargeId).ValueGeneratedNever();
        }
    }
}
