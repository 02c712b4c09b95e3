using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Refunds.Credit;

/// <summary>What a payment on credit collections paid at one branch that gave the credit. Never changed.</summary>
internal sealed class CreditPayment
{
    /// <summary>The transaction.</summary>
    public long TransactionId { get; init; }

    /// <summary>The branch that gave the credit.</summary>
    public long BranchId { get; init; }

    public long CustomerId { get; init; }

    /// <summary>Fen.</summary>
    public long Amount { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<CreditPayment>
    {
        public void Configure(EntityTypeBuilder<CreditPayment> builder)
        {
            builder.ToTable("credit_payments");
            builder.HasKey(p => new { p.TransactionId, p.BranchId });
            builder.HasIndex(p => p.CustomerId);
        }
    }
}
