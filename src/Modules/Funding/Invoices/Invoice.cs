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

    /// <summary>An invoice to be inserted on what a recharge has left to invoice.</summary>
    public static Invoice On(Transaction recharge, long customerId, long branchId, string number, long amount, OilType oilType)
    {
        ArgumentNullException.ThrowIfNull(recharge);
        return new Invoice
        {
            Id = Ids.Next(),
            Number = number,
            Amount = amount,
            OilType = oilType,
            State = InvoiceState.Issued,
            TransactionId = recharge.Id,
            CustomerId = customerId,
            BranchId = branchId,
        };
    }

    /// <summary>It came back with what this booking books.</summary>
    public void Return(Booking booking)
    {
        ArgumentNullException.ThrowIfNull(booking);
        (State, ReturnedById) = (InvoiceState.Returned, booking.Id);
        booking.Update(this);
    }

    /// <summary>What it came back with was cancelled: the customer has it again.</summary>
    public void Reissue(Booking booking)
    {
        (State, ReturnedById) = (InvoiceState.Issued, null);
        booking.Update(this);
    }

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
