using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Issuance.Restrictions;

/// <summary>What a card may be used for, as it stands on the chip (FC-40).</summary>
public sealed class CardRestriction : IVersioned
{
    public long CardId { get; init; }

    /// <summary>EF1C, 96 bytes as hex.</summary>
    public required string File { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<CardRestriction>
    {
        public void Configure(EntityTypeBuilder<CardRestriction> builder)
        {
            builder.ToTable("card_restrictions");
            builder.HasKey(r => r.CardId);
        }
    }
}
