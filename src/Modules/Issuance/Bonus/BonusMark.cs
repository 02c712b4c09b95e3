using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Issuance.Bonus;

/// <summary>Where a customer's bonus was after one transaction: a reader begins there and not at the customer's first entry (ADR 16).</summary>
internal sealed class BonusMark
{
    public long CustomerId { get; init; }

    /// <summary>The last transaction that is counted.</summary>
    public long UpTo { get; init; }

    public long Quota { get; init; }

    public long Cards { get; init; }

    public long InQuota { get; init; }

    public long OnCards { get; init; }

    public BonusPlaces Places => new(Quota, Cards, InQuota, OnCards);

    internal sealed class Map : IEntityTypeConfiguration<BonusMark>
    {
        public void Configure(EntityTypeBuilder<BonusMark> builder)
        {
            builder.ToTable("bonus_marks");
            builder.HasKey(m => m.CustomerId);
            builder.Property(m => m.CustomerId).ValueGeneratedNever();
            builder.Ignore(m => m.Places);
        }
    }
}

/// <summary>
/// How far the entries of one account are counted in its customer's mark. Only accounts with many entries have a row: those of the others are looked
/// at again, and passed over by the mark's transaction.
/// </summary>
internal sealed class BonusMarkAccount
{
    public long CustomerId { get; init; }

    public short Kind { get; init; }

    public long Owner { get; init; }

    /// <summary>Every entry up to this sequence is counted.</summary>
    public long Sequence { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<BonusMarkAccount>
    {
        public void Configure(EntityTypeBuilder<BonusMarkAccount> builder)
        {
            builder.ToTable("bonus_mark_accounts");
            builder.HasKey(m => new
            {
                m.CustomerId,
                m.Kind,
                m.Owner,
            });
        }
    }
}
