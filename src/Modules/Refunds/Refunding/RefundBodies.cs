using Funding;
using Platform.Documents;
using Refunds.Refundable;

namespace Refunds.Refunding;

/// <summary>What a refund says of invoices.</summary>
/// <param name="ReturnedInvoices">缴回发票: numbers of invoices that the customer hands back, at most 100. Of each invoiced recharge they must
/// cover what is refunded of it.</param>
/// <param name="RefundInvoice" example="04412701">The number of the refund invoice, at most 20 characters. Give it or noInvoice if one of the
/// recharges was invoiced.</param>
/// <param name="NoInvoice" example="false">No refund invoice is written.</param>
/// <param name="OilType">The product on the refund invoice. Required if one of the recharges was invoiced.</param>
public sealed record RefundInvoices(
    IReadOnlyList<string>? ReturnedInvoices = null,
    string? RefundInvoice = null,
    bool NoInvoice = false,
    OilType? OilType = null
)
{
    internal static readonly RefundInvoices None = new();

    /// <summary>Says nothing at all: what a customer with VAT invoices must do (FC-27.3).</summary>
    internal bool IsEmpty => ReturnedInvoices is not { Count: > 0 } && RefundInvoice is null && !NoInvoice && OilType is null;
}

/// <summary>A refund after closing.</summary>
/// <param name="Way" example="transfer">The way. All recharges that allow it are refunded whole.</param>
/// <param name="ReferenceNumber" example="TK-20261122-0003">The number of the refund, 1 to 40 characters.</param>
/// <param name="Invoices">Returned invoices and the refund invoice. Omit it for a customer with VAT invoices.</param>
/// <param name="Remark" example="account at another bank">At most 200 characters.</param>
public sealed record RefundAfterClosingRequest(
    RefundWay Way,
    string ReferenceNumber,
    RefundInvoices? Invoices = null,
    string? Remark = null
);

/// <summary>A special refund.</summary>
/// <param name="Way" example="bankCard">The way. The newest recharges that allow it are taken.</param>
/// <param name="Amount" example="15000">Fen, 1 to 100,000,000; at most what the way can carry. Omit it for all of that.</param>
/// <param name="ReferenceNumber" example="TK-20261122-0003">The number of the refund, at most 40 characters.</param>
/// <param name="FeeWaived" example="true">Waives the handling fee. Otherwise pay it by POST /v1/refunds/{serialNumber}/fee: until
/// then the refund is not confirmed, the customer gets no other special refund and is not closed, and the date stays open.</param>
/// <param name="Invoices">Returned invoices and the refund invoice. Omit it for a customer with VAT invoices.</param>
/// <param name="Remark" example="vehicle sold">At most 200 characters.</param>
public sealed record SpecialRefundRequest(
    RefundWay Way,
    long? Amount = null,
    string? ReferenceNumber = null,
    bool FeeWaived = false,
    RefundInvoices? Invoices = null,
    string? Remark = null
);

/// <summary>What a refund takes of one recharge.</summary>
/// <param name="RechargeSerialNumber" example="00030150224112025607">The recharge.</param>
/// <param name="Amount" example="15000">Fen.</param>
public sealed record RefundLineView(string RechargeSerialNumber, long Amount);

/// <summary>An invoice that came back with a refund.</summary>
/// <param name="Number" example="04412698">Its number.</param>
/// <param name="RechargeSerialNumber" example="00030150224112025607">The recharge it was written on.</param>
/// <param name="Amount" example="50000">Its amount in fen.</param>
/// <param name="Used" example="15000">The refunded part in fen. The rest may be invoiced anew.</param>
public sealed record ReturnedInvoiceView(string Number, string RechargeSerialNumber, long Amount, long Used);

/// <summary>The handling fee of a refund.</summary>
/// <param name="Due" example="500">Fen to pay; 0 where there is none or it is waived.</param>
/// <param name="Waived" example="false">Whether it is waived.</param>
/// <param name="PaidBySerialNumber" example="00030150224112025706">The transaction of its payment; null while it is not paid.</param>
public sealed record RefundFeeView(long Due, bool Waived, string? PaidBySerialNumber);

/// <summary>What a refund would do. Nothing is booked.</summary>
/// <param name="Kind">After closing, special or small.</param>
/// <param name="Way" example="bankCard">The way.</param>
/// <param name="Amount" example="15000">Fen that would be paid.</param>
/// <param name="ToUnits" example="0">Fen that would go back to units' quota accounts.</param>
/// <param name="BonusLapsed" example="0">Fen of bonus that would lapse.</param>
/// <param name="RefundableAfter" example="10000">The refundable balance after it, in fen.</param>
/// <param name="FeeDue" example="500">The handling fee in fen.</param>
/// <param name="Lines">What it would take of each recharge, newest first.</param>
/// <param name="ReturnedInvoices">The invoices that would be returned, with the used part.</param>
public sealed record RefundPreview(
    RefundKind Kind,
    RefundWay Way,
    long Amount,
    long ToUnits,
    long BonusLapsed,
    long RefundableAfter,
    long FeeDue,
    IReadOnlyList<RefundLineView> Lines,
    IReadOnlyList<ReturnedInvoiceView> ReturnedInvoices
);

/// <summary>A refund.</summary>
/// <param name="SerialNumber" example="00030150224112025701">Its serial number.</param>
/// <param name="Kind">After closing, special or small.</param>
/// <param name="State" example="sent">Where it stands.</param>
/// <param name="Way" example="bankCard">The way.</param>
/// <param name="CustomerCode" example="1900000009">The customer code.</param>
/// <param name="CardNumber" example="0000019000000000">The card it was asked for with; null after closing.</param>
/// <param name="Amount" example="15000">Fen that were paid.</param>
/// <param name="ToUnits" example="0">Fen that went back to units' quota accounts.</param>
/// <param name="BonusLapsed" example="0">Fen of bonus that lapsed.</param>
/// <param name="ReferenceNumber" example="TK-20261122-0003">The number of the refund.</param>
/// <param name="RefundInvoice" example="04412701">The number of the refund invoice; null for none.</param>
/// <param name="OilType">The product on the refund invoice.</param>
/// <param name="Fee">The handling fee.</param>
/// <param name="Lines">What it took of each recharge, newest first.</param>
/// <param name="ReturnedInvoices">The invoices that came back with it.</param>
/// <param name="BusinessDate" example="2026-11-22">The branch's business date of the booking.</param>
/// <param name="BookedAt">When it was booked.</param>
/// <param name="EndedBySerialNumber" example="00030150224112025805">The transaction that confirmed, returned or cancelled it.</param>
/// <param name="Reason" example="account closed">Why the money came back.</param>
/// <param name="Documents">The printable documents.</param>
public sealed record RefundView(
    string SerialNumber,
    RefundKind Kind,
    RefundState State,
    RefundWay Way,
    string CustomerCode,
    string? CardNumber,
    long Amount,
    long ToUnits,
    long BonusLapsed,
    string? ReferenceNumber,
    string? RefundInvoice,
    OilType? OilType,
    RefundFeeView Fee,
    IReadOnlyList<RefundLineView> Lines,
    IReadOnlyList<ReturnedInvoiceView> ReturnedInvoices,
    DateOnly BusinessDate,
    DateTimeOffset BookedAt,
    string? EndedBySerialNumber,
    string? Reason,
    IReadOnlyList<DocumentLink> Documents
);
