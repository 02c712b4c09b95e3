using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Funding.Contracts;

/// <summary>
/// 优惠合约: the rule that gives a bonus or points on a recharge (FC-38.1). Kept by headquarters; ended, never deleted or changed, so that what was given
/// under it can always be worked out again.
/// </summary>
public sealed class DiscountContract : IVersioned
{
    public const string CodeIndex = "IX_discount_contracts_Code";

    public long Id { get; init; }

    public required string Code { get; init; }

    public required string Name { get; init; }

    /// <summary>The first business date of the contract.</summary>
    public DateOnly ValidFrom { get; init; }

    /// <summary>The last business date of the contract.</summary>
    public DateOnly ValidTo { get; init; }

    public required ContractTerms Terms { get; init; }

    public DateTime? EndedAt { get; set; }

    public int Version { get; set; }

    /// <summary>What a payment of this amount (fen) earns.</summary>
    public Gift GiftFor(long amount) => Terms.GiftFor(amount);

    public bool IsValidOn(DateOnly date) => EndedAt is null && ValidFrom <= date && date <= ValidTo;

    public bool IsFor(long customerId, CardType card) =>
        (Terms.CustomerIds.Count == 0 || Terms.CustomerIds.Contains(customerId))
        && (Terms.CardTypes.Count == 0 || Terms.CardTypes.Contains(card));

    internal sealed class Map : IEntityTypeConfiguration<DiscountContract>
    {
        public void Configure(EntityTypeBuilder<DiscountContract> builder)
        {
            builder.ToTable("discount_contracts");
            builder.HasKey(c => c.Id);
            builder.Property(c => c.Code).HasMaxLength(Limits.ContractCode);
            builder.Property(c => c.Name).HasMaxLength(100);
            builder
                .Property(c => c.Terms)
                .HasMaxLength(4000)
                .HasConversion(
                    t => JsonSerializer.Serialize(t, Json.Options),
                    j => JsonSerializer.Deserialize<ContractTerms>(j, Json.Options)!
                );
            builder.HasIndex(c => c.Code, CodeIndex).IsUnique();
        }
    }
}
