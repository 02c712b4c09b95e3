using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Funding.Invoices;

public enum InvoiceState
{
    /// <summary>Handed to the customer.</summary>
    Issued,

    /// <summary>Come back: with the void or reversal of its collection, or with a refund.</summary>
    Returned,
}

/// <summary>An ordinary invoice written on a collection. Its number is used once; its amount is never more than was received.</summary>
public sealed class Invoice : IVersioned, IDated
{
    public const string NumberIndex = "IX_invoices_Number";

    public long Id { get; init; }

    public required string Number { get; init; }

    /// <summary>Fen.</summary>
    public long Amount { get; init; }

    public OilType OilType { get; init; }

    public InvoiceState State { get; set; }

    /// <summary>The collection it was written on.</summary>
    public long TransactionId { get; init; }

    public long CustomerId { get; init; }

    public long BranchId { get; init; }

    /// <summary>The transaction with which it came back.</summary>
    public long? ReturnedById { get; set; }

    public DateOnly BusinessDate { get; set; }

    public DateTime BookedAt { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<Invoice>
    {
        public void Configure(EntityTypeBuilder<Invoice> builder)
        {
            builder.ToTable("invoices");
            builder.HasKey(i => i.Id);
            builder.Property(i => i.Number).HasMaxLength(Limits.InvoiceNumber);
            builder.HasIndex(i => i.Number, NumberIndex).IsUnique();
            builder.HasIndex(i => i.TransactionId);
            builder.HasIndex(i => new { i.CustomerId, i.Id });
        }
    }
}
