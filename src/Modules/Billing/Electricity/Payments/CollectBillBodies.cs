namespace Billing.Electricity.Payments;

/// <summary>A payment of a customer's bills.</summary>
/// <param name="Reference" example="5f2b6c0e8a914d3f7c1e">From the quote; it binds the amounts.</param>
/// <param name="Receivables">The receivables to pay, as the quote lists them: the oldest first, 1 to 24.</param>
/// <param name="Amount" example="40000">Fen, 1 to 10,000,000,000.</param>
/// <param name="Method" example="cash">cash, or account for a transfer.</param>
/// <param name="AccountNumber">The payer's account, 19 digits; required for a transfer.</param>
/// <param name="Channel" example="counter">Where the payer is. Each channel has its own limit.</param>
public sealed record CollectBillRequest(
    string Reference,
    IReadOnlyList<string> Receivables,
    long Amount,
    CollectionMethod Method,
    string? AccountNumber = null,
    CollectionChannel Channel = CollectionChannel.Counter
);

/// <summary>The power side wants another amount. Nothing is kept from the payer.</summary>
/// <param name="Amount">Fen that the same receivables cost now; 0 where the power side named no amount.</param>
/// <param name="SerialNumber">Of the payment that was refused.</param>
public sealed record BillChanged(long Amount, string SerialNumber)
    : Refusal("bill-changed", 409, "The amount has changed. Ask again and pay the new amount.", "应缴金额已变化，请重新查询。");

/// <summary>A receivable is paid elsewhere.</summary>
/// <param name="SerialNumber">Of the payment that was refused.</param>
public sealed record BillSettled(string SerialNumber) : Refusal("bill-settled", 409, "A receivable is paid already.", "该笔电费已缴纳。");

/// <summary>The reference is unknown here.</summary>
public sealed record QuoteUnknown() : Refusal("quote-unknown", 404, "There is no such quote. Ask again.", "无此查询结果，请重新查询。");

/// <summary>The reference has run out.</summary>
public sealed record QuoteExpired() : Refusal("quote-expired", 409, "The quote is too old. Ask again.", "查询结果已过期，请重新查询。");

/// <summary>More than the channel's limit.</summary>
/// <param name="Limit">Fen of one payment.</param>
public sealed record ChannelLimit(long Limit)
    : Refusal("channel-limit", 409, "The amount is over the channel's limit.", "金额超过该渠道限额。");

/// <summary>The channel does not take this way of paying.</summary>
public sealed record ChannelMethod() : Refusal("channel-method", 422, "This channel does not take cash.", "该渠道不受理现金。");
