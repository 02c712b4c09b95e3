using System.Linq.Expressions;
using Funding;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Refunds.Refundable;

namespace Refunds.Refunding;

/// <summary>What kind of refund it is.</summary>
public enum RefundKind
{
    /// <summary>清户退款: after closing.</summary>
    AfterClosing,

    /// <summary>特殊退款: the customer goes on.</summary>
    Special,

    /// <summary>小额退款: all of a small balance, in cash.</summary>
    Small,
}

/// <summary>Where a refund stands.</summary>
public enum RefundState
{
    /// <summary>Paid: in cash, by a voucher, as less debt, or to the unit.</summary>
    Booked,

    /// <summary>By bank card, cheque or transfer: under way until the branch confirms it.</summary>
    Sent,

    /// <summary>The money arrived.</summary>
    Confirmed,

    /// <summary>The money came back, and is in the customer's quota account again.</summary>
    Returned,

    /// <summary>Cancelled before it left the branch.</summary>
    Cancelled,
}

/// <summary>What moves a refund from one state to the next. docs/refunds.md shows the table.</summary>
public static class RefundStates
{
    /// <summary>Only a refund that is sent is confirmed or returned; only one that did not leave the branch is cancelled.</summary>
    public static readonly IReadOnlyDictionary<RefundState, IReadOnlyList<RefundState>> Next = new Dictionary<
        RefundState,
        IReadOnlyList<RefundState>
    >
    {
        [RefundState.Booked] = [RefundState.Cancelled],
        [RefundState.Sent] = [RefundState.Confirmed, RefundState.Returned, RefundState.Cancelled],
        [RefundState.Confirmed] = [],
        [RefundState.Returned] = [],
        [RefundState.Cancelled] = [],
    };

    /// <summary>The state that a new refund has.</summary>
    public static RefundState First(RefundWay way) => way.IsSent() ? RefundState.Sent : RefundState.Booked;

    /// <summary>Has its money gone, so that the customer has it?</summary>
    public static bool Counts(RefundState state) => state is RefundState.Booked or RefundState.Sent or RefundState.Confirmed;
}

/// <summary>A refund by one way (FC-26 to FC-29). Its id is that of its transaction. States move under the row's version, each once.</summary>
internal sealed class Refund : IVersioned
{
    public long Id { get; init; }

    public RefundKind Kind { get; init; }

    public RefundWay Way { get; init; }

    public RefundState State { get; set; }

    public long CustomerId { get; init; }

    /// <summary>The card it was asked for with; null after closing.</summary>
    public long? CardId { get; init; }

    public long BranchId { get; init; }

    public long OperatorId { get; init; }

    /// <summary>Fen that left by the way.</summary>
    public long Amount { get; init; }

    /// <summary>Fen of bonus that lapsed with it.</summary>
    public long BonusLapsed { get; init; }

    public string? ReferenceNumber { get; init; }

    /// <summary>红字发票号 of the refund; null for none.</summary>
    public string? RefundInvoice { get; init; }

    public OilType? OilType { get; init; }

    /// <summary>Fen of the handling fee that is to be paid; 0 where there is none or it is waived.</summary>
    public long FeeDue { get; init; }

    public bool FeeWaived { get; init; }

    /// <summary>The transaction of the fee's payment.</summary>
    public long? FeePaidById { get; set; }

    /// <summary>The transaction that confirmed, returned or cancelled it.</summary>
    public long? EndedById { get; set; }

    /// <summary>Why the money came back.</summary>
    public string? Reason { get; set; }

    public int Version { get; set; }

    /// <summary>Is the handling fee to be paid still?</summary>
    public bool OwesFee => FeeDue > 0 && FeePaidById is null && State != RefundState.Cancelled;

    /// <summary><see cref="OwesFee"/> for queries.</summary>
    public static readonly Expression<Func<Refund, bool>> WithFeeDue = r =>
        r.FeeDue > 0 && r.FeePaidById == null && r.State != RefundState.Cancelled;

    /// <summary>Where the money is until the branch confirms that it arrived.</summary>
    public AccountRef InTransit => new(RefundAccounts.InTransit, Id);

    internal sealed class Map : IEntityTypeConfiguration<Refund>
    {
        public void Configure(EntityTypeBuilder<Refund> builder)
        {
            builder.ToTable("refunds");
            builder.HasKey(r => r.Id);
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Property(r => r.ReferenceNumber).HasMaxLength(Limits.ReferenceNumber);
            builder.Property(r => r.RefundInvoice).HasMaxLength(Limits.InvoiceNumber);
            builder.Property(r => r.Reason).HasMaxLength(Limits.Remark);
            builder.HasIndex(r => new { r.CustomerId, r.Id });
            builder.HasIndex(r => new
            {
                r.BranchId,
                r.State,
                r.Id,
            });
            // So few have a fee that is not paid that whoever asks for them reads nothing else.
            builder.HasIndex(r => new { r.BranchId, r.CustomerId }).HasFilter("\"FeeDue\" > 0 AND \"FeePaidById\" IS NULL");
            builder.Ignore(r => r.InTransit);
            builder.Ignore(r => r.OwesFee);
        }
    }
}

/// <summary>What a refund took of one recharge. Never changed.</summary>
internal sealed class RefundLine
{
    public long RefundId { get; init; }

    /// <summary>The transaction of the recharge.</summary>
    public long RechargeId { get; init; }

    /// <summary>Fen.</summary>
    public long Amount { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<RefundLine>
    {
        public void Configure(EntityTypeBuilder<RefundLine> builder)
        {
            builder.ToTable("refund_lines");
            builder.HasKey(l => new { l.RefundId, l.RechargeId });
            builder.HasIndex(l => l.RechargeId);
        }
    }
}

/// <summary>缴回发票: an invoice that came back with a refund, and how much of it the refund used up (FC-26.8).</summary>
internal sealed class ReturnedInvoice
{
    public long RefundId { get; init; }

    public long InvoiceId { get; init; }

    /// <summary>Fen of the invoice that the refund took; what is over may be invoiced anew.</summary>
    public long Used { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<ReturnedInvoice>
    {
        public void Configure(EntityTypeBuilder<ReturnedInvoice> builder)
        {
            builder.ToTable("returned_invoices");
            builder.HasKey(i => new { i.RefundId, i.InvoiceId });
            builder.HasIndex(i => i.InvoiceId);
        }
    }
}
