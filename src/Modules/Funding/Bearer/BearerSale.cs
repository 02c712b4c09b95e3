using System.Text.Json;
using Funding.Collections;
using Issuance.Issuing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Funding.Bearer;

/// <summary>
/// The sale of one or more bearer cards with a range of numbers (FC-37.1). The cards are issued one after another, each with its own transaction.
/// </summary>
public sealed class BearerSale : IVersioned
{
    public const int MaxCards = 500;

    public long Id { get; init; }

    public long BranchId { get; init; }

    public long OperatorId { get; init; }

    public long? ApproverId { get; init; }

    /// <summary>How many cards are to be issued.</summary>
    public int Count { get; init; }

    /// <summary>The first running number of the range.</summary>
    public long FirstRunning { get; init; }

    /// <summary>Numbers given so far; more than the count where a chip could not be written.</summary>
    public int Given { get; set; }

    public required IssueFees Fees { get; init; }

    public required CollectPaymentRequest FirstRecharge { get; init; }

    public DateTime CreatedAt { get; init; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<BearerSale>
    {
        public void Configure(EntityTypeBuilder<BearerSale> builder)
        {
            builder.ToTable("bearer_sales");
            builder.HasKey(s => s.Id);
            builder
                .Property(s => s.Fees)
                .HasMaxLength(1000)
                .HasConversion(
                    f => JsonSerializer.Serialize(f, Json.Options),
                    j => JsonSerializer.Deserialize<IssueFees>(j, Json.Options)!
                );
            builder
                .Property(s => s.FirstRecharge)
                .HasMaxLength(2000)
                .HasConversion(
                    f => JsonSerializer.Serialize(f, Json.Options),
                    j => JsonSerializer.Deserialize<CollectPaymentRequest>(j, Json.Options)!
                );
        }
    }
}

/// <summary>One card of a sale, from the moment its issue begins.</summary>
public sealed class BearerSaleCard
{
    public long SaleId { get; init; }

    /// <summary>From 1, in the order in which the cards were given out.</summary>
    public int Number { get; init; }

    public long CardId { get; init; }

    public long CustomerId { get; init; }

    public required string CardNumber { get; init; }

    public required string IssuerCode { get; init; }

    /// <summary>The card operation that issues it.</summary>
    public long OperationId { get; init; }

    /// <summary>Fen of the first recharge with its bonus.</summary>
    public long LoadAmount { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<BearerSaleCard>
    {
        public void Configure(EntityTypeBuilder<BearerSaleCard> builder)
        {
            builder.ToTable("bearer_sale_cards");
            builder.HasKey(c => new { c.SaleId, c.Number });
            builder.Property(c => c.CardNumber).HasMaxLength(16);
            builder.Property(c => c.IssuerCode).HasMaxLength(8);
            builder.HasIndex(c => c.OperationId).IsUnique();
        }
    }
}

/// <summary>
/// The running numbers of bearer cards: one row. A range is taken with the booking that opens its sale, so ranges have no gaps and never meet.
/// </summary>
public sealed class BearerNumbers : IVersioned
{
    public const long TheRow = 1;

    /// <summary>Bearer cards count in the last hundred million of the nine digits, the others from one.</summary>
    public const long First = 900_000_000;

    public const long Last = 999_999_999;

    public long Id { get; init; }

    public long Next { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<BearerNumbers>
    {
        public void Configure(EntityTypeBuilder<BearerNumbers> builder)
        {
            builder.ToTable("bearer_numbers");
            builder.HasKey(n => n.Id);
        }
    }
}
