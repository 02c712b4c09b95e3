using Counter.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Refunds.Closing;

/// <summary>Where a closing stands. docs/refunds.md shows the table.</summary>
public enum ClosingState
{
    /// <summary>Cards are being collected.</summary>
    Open,

    /// <summary>The customer is closed. This is final.</summary>
    Closed,

    /// <summary>Given up: everything is as before.</summary>
    GivenUp,
}

/// <summary>The closing of a customer (FC-25). Its id is that of the transaction that opened it. States move under the row's version.</summary>
public sealed class CustomerClosing : IVersioned
{
    public const string OpenCustomerIndex = "IX_customer_closings_OpenCustomer";

    public long Id { get; init; }

    public long CustomerId { get; init; }

    /// <summary>The customer until the closing is given up: the unique index lets a customer have one.</summary>
    public long? OpenCustomer { get; set; }

    public ClosingState State { get; set; }

    public long BranchId { get; init; }

    public long OperatorId { get; init; }

    public DateTime OpenedAt { get; init; }

    /// <summary>The transaction that closed the customer.</summary>
    public long? ClosedById { get; set; }

    public DateTime? ClosedAt { get; set; }

    /// <summary>Fen of the handling fee that was taken.</summary>
    public long Fee { get; set; }

    public bool FeeWaived { get; set; }

    public PaymentMethod? FeePaidBy { get; set; }

    public string? FeeInvoice { get; set; }

    /// <summary>Fen that came from reserve accounts.</summary>
    public long ReserveSwept { get; set; }

    /// <summary>Fen of bonus that lapsed, also with purses that were swept later.</summary>
    public long BonusLapsed { get; set; }

    public long PointsLapsed { get; set; }

    /// <summary>UTC: from then on refunds are possible, and purses that could not be unloaded are swept (FC-25.9, FC-26.1).</summary>
    public DateTime? RefundableFrom { get; set; }

    /// <summary>When the purses were swept, or when there was nothing to sweep.</summary>
    public DateTime? SweptAt { get; set; }

    /// <summary>Fen that came from purses.</summary>
    public long PurseSwept { get; set; }

    /// <summary>The transaction that swept them; null where nothing was left.</summary>
    public long? SweptById { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<CustomerClosing>
    {
        public void Configure(EntityTypeBuilder<CustomerClosing> builder)
        {
            builder.ToTable("customer_closings");
            builder.HasKey(c => c.Id);
            builder.Property(c => c.Id).ValueGeneratedNever();
            builder.Property(c => c.FeeInvoice).HasMaxLength(Limits.InvoiceNumber);
            builder.HasIndex(c => c.OpenCustomer, OpenCustomerIndex).IsUnique();
            builder.HasIndex(c => c.CustomerId);
            builder.HasIndex(c => new
            {
                c.State,
                c.SweptAt,
                c.RefundableFrom,
            });
        }
    }
}

/// <summary>A card of a closing: that it was taken back, and what it was when the customer was closed.</summary>
internal sealed class ClosingCard : IVersioned
{
    public long ClosingId { get; init; }

    public long CardId { get; init; }

    /// <summary>When its chip was read and the card was kept; null while it is not.</summary>
    public DateTime? TakenAt { get; set; }

    public long? TakenById { get; set; }

    /// <summary>Fen in the card account then: the chip was empty, so this waits for late consumption.</summary>
    public long PurseWhenTaken { get; set; }

    /// <summary>The card's state before it was closed; null until then.</summary>
    public CardState? StateBefore { get; set; }

    /// <summary>Fen in the card account when the customer was closed.</summary>
    public long PurseAtClosing { get; set; }

    /// <summary>The transaction that paid its deposit or forfeited it.</summary>
    public long? DepositSettledById { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<ClosingCard>
    {
        public void Configure(EntityTypeBuilder<ClosingCard> builder)
        {
            builder.ToTable("closing_cards");
            builder.HasKey(c => new { c.ClosingId, c.CardId });
            builder.HasIndex(c => c.CardId);
        }
    }
}
