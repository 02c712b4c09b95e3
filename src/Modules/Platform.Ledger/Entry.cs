using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Ledger;

/// <summary>One side of a booked transaction. Never changed, never deleted (PL-03.5).</summary>
public sealed class Entry : IDated
{
    /// <summary>The number of its account's <see cref="AccountType"/>.</summary>
    public short Kind { get; init; }

    public long Owner { get; init; }

    /// <summary>
    /// For accounts with a running balance 1, 2, 3, … without gaps, which the unique key holds; for internal ones the transaction's id.
    /// </summary>
    public long Sequence { get; init; }

    public long TransactionId { get; init; }

    /// <summary>Credit positive; a transaction's amounts are zero together, in each unit.</summary>
    public long Amount { get; init; }

    /// <summary>The account's balance after this entry; null for internal accounts.</summary>
    public long? BalanceAfter { get; init; }

    public DateOnly BusinessDate { get; set; }

    public DateTime BookedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<Entry>
    {
        public void Configure(EntityTypeBuilder<Entry> builder)
        {
            builder.ToTable("entries");
            builder.HasKey(e => new
            {
                e.Kind,
                e.Owner,
                e.Sequence,
            });
            builder.HasIndex(e => e.TransactionId);
        }
    }
}
