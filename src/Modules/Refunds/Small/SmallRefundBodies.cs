using Platform.Cards.Operations;
using Refunds.Refunding;

namespace Refunds.Small;

/// <summary>A small refund.</summary>
/// <param name="ReferenceNumber" example="TK-20261122-0003">The number of the refund, at most 40 characters.</param>
/// <param name="Invoices">Returned invoices and the refund invoice. Omit it for a customer with VAT invoices.</param>
/// <param name="Remark" example="leaving the province">At most 200 characters.</param>
public sealed record SmallRefundRequest(string? ReferenceNumber = null, RefundInvoices? Invoices = null, string? Remark = null);

/// <summary>A small refund that is booked, or one that waits for its card to be unloaded.</summary>
/// <param name="Refund">The refund; null while the chip is to be unloaded.</param>
/// <param name="Operation">The card operation that unloads the chip and books the refund; null where the chip holds nothing.</param>
/// <param name="Preview">The figures.</param>
public sealed record SmallRefundStarted(RefundView? Refund, CardOperationTicket? Operation, RefundPreview Preview);

/// <summary>The balance is above the limit for small refunds (FC-29.1).</summary>
/// <param name="Total">Quota, reserve and card accounts together, in fen.</param>
/// <param name="Limit">The limit for all valid cards together, in fen.</param>
public sealed record SmallRefundTooLarge(long Total, long Limit)
    : Refusal("small-refund-too-large", 409, "The balance exceeds the limit for small refunds.", "余额超过小额退款限额。");

/// <summary>There is nothing to refund.</summary>
public sealed record NothingToRefund() : Refusal("nothing-to-refund", 409, "There is nothing to refund.", "没有可退的金额。");

/// <summary>A multi-user customer's purses are unloaded first (FC-29.3).</summary>
/// <param name="CardNumbers">The cards.</param>
public sealed record PursesToUnloadFirst(IReadOnlyList<string> CardNumbers)
    : Refusal("purses-to-unload-first", 409, "Unload the purses of the customer's cards first.", "请先圈提该客户各卡的卡内余额。");

/// <summary>Another province's card (FC-29.2).</summary>
public sealed record CardOfOtherProvince()
    : Refusal("card-of-other-province", 409, "The card was issued by another province.", "异地卡不能办理小额退款。");
