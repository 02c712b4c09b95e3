using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Ledger.Seals;

namespace Platform.Ledger;

/// <summary>A line drawn in the books: everything with a transaction id up to <see cref="ToId"/> was proved.</summary>
public sealed class ProvenStretch
{
    public long Number { get; init; }

    public long ToId { get; init; }

    /// <summary>Entries proved so far, all stretches together.</summary>
    public long Entries { get; init; }

    /// <summary>The sum of all internal accounts' entries up to the line, in fen; with the customer-side balances it is zero.</summary>
    public long InternalFen { get; init; }

    /// <summary>The same in points.</summary>
    public long InternalPoints { get; init; }

    public DateTime ProvedAt { get; init; }

    /// <summary>A keyed hash over the line (<see cref="SealKey"/>), so that nobody moves it over what he changed; null in lines of before.</summary>
    public byte[]? Mac { get; internal set; }

    internal sealed class Map : IEntityTypeConfiguration<ProvenStretch>
    {
        public void Configure(EntityTypeBuilder<ProvenStretch> builder)
        {
            builder.ToTable("proven_stretches");
            builder.HasKey(p => p.Number);
            builder.Property(p => p.Mac).HasMaxLength(32);
        }
    }
}
