namespace Billing.TopUps.Sales;

/// <summary>A top-up of a till's receipt.</summary>
/// <param name="Kind" example="online">online, or change for the small change of a purchase.</param>
/// <param name="Phone" example="13800138000">11 digits.</param>
/// <param name="Amount" example="5000">Fen: an amount on offer, 1 to 1,000,000; for change 1 to 999.</param>
/// <param name="CarrierCode" example="CM">The carrier; null for the one that the number's prefix proposes.</param>
/// <param name="TillNumber" example="T01">The till, 1 to 12 digits and capital letters.</param>
/// <param name="ReceiptNumber" example="1024">The till's receipt number, 1 to 12 digits.</param>
/// <param name="ReceiptDate">The receipt's date, within a day of today.</param>
/// <param name="ReceiptLine" example="1">Which top-up of the receipt, 1 to 99.</param>
/// <param name="Confirmed" example="false">The customer confirmed a second time that the same number gets the same amount again.</param>
public sealed record SellTopUpRequest(
    TopUpKind Kind,
    string Phone,
    long Amount,
    string? CarrierCode,
    string TillNumber,
    string ReceiptNumber,
    DateOnly ReceiptDate,
    int ReceiptLine = 1,
    bool Confirmed = false
);

/// <summary>A top-up. Amounts are in fen.</summary>
/// <param name="SerialNumber" example="00150224112025602057">Of the sale.</param>
/// <param name="Kind" example="online">What was sold.</param>
/// <param name="State" example="succeeded">Its state.</param>
/// <param name="Hold" example="none">Why it is held back; none where it is not.</param>
/// <param name="Phone" example="138****8000">The number, masked.</param>
/// <param name="Amount" example="5000">Fen.</param>
/// <param name="CarrierCode" example="CM">The carrier that the till chose.</param>
/// <param name="CreditedByCode" example="CM">The carrier that credited the number; null before.</param>
/// <param name="CarrierSerial" example="YD0000000001">The carrier's serial number; null before it credited.</param>
/// <param name="Failure" example="number-unknown">Why it failed; null where it did not.</param>
/// <param name="BranchCode" example="10100001">The store.</param>
/// <param name="Operator" example="cashier">Who sold it.</param>
/// <param name="TillNumber" example="T01">The till.</param>
/// <param name="ReceiptNumber" example="1024">The till's receipt number.</param>
/// <param name="ReceiptLine" example="1">Which top-up of the receipt.</param>
/// <param name="ReceiptDate">The receipt's date.</param>
/// <param name="SoldAt">When it was sold.</param>
/// <param name="Refundable" example="false">Is its money to be given back at the desk?</param>
/// <param name="RefundSerialNumber" example="00150224112025602065">Of the refund; null without one.</param>
/// <param name="Documents">Addresses of its printable documents.</param>
public sealed record TopUpResponse(
    string SerialNumber,
    TopUpKind Kind,
    TopUpState State,
    TopUpHold Hold,
    string Phone,
    long Amount,
    string CarrierCode,
    string? CreditedByCode,
    string? CarrierSerial,
    string? Failure,
    string BranchCode,
    string Operator,
    string TillNumber,
    string ReceiptNumber,
    int ReceiptLine,
    DateOnly ReceiptDate,
    DateTimeOffset SoldAt,
    bool Refundable,
    string? RefundSerialNumber,
    IReadOnlyList<string> Documents
);

/// <summary>The carrier takes no top-ups.</summary>
public sealed record CarrierClosed() : Refusal("carrier-closed", 409, "The carrier takes no top-ups.", "该运营商暂停充值。");

/// <summary>The carrier is closed at this time.</summary>
public sealed record CarrierOutOfHours()
    : Refusal("carrier-out-of-hours", 409, "The carrier takes no top-ups at this time.", "不在运营商充值时间内。");

/// <summary>Numbers of this prefix cannot be topped up.</summary>
public sealed record PhoneNotServed() : Refusal("phone-not-served", 422, "This number cannot be topped up.", "该号码不能充值。");

/// <summary>No carrier is known for the prefix.</summary>
public sealed record CarrierNotProposed()
    : Refusal("carrier-not-proposed", 422, "No carrier is known for this number. Choose one.", "无法识别号码所属运营商，请选择。");

/// <summary>The carrier does not offer this amount.</summary>
public sealed record AmountNotOffered()
    : Refusal("amount-not-offered", 422, "The carrier does not offer this amount.", "该运营商不提供此充值金额。");

/// <summary>The receipt's date is not today's.</summary>
public sealed record ReceiptDateWrong()
    : Refusal("receipt-date-wrong", 422, "The receipt's date must be within a day of today.", "小票日期须在今天前后一天之内。");

/// <summary>The receipt has this top-up already.</summary>
/// <param name="SerialNumber">Of the top-up.</param>
public sealed record ReceiptTaken(string SerialNumber)
    : Refusal("receipt-taken", 409, "The receipt has this top-up already.", "该小票已办理充值。");

/// <summary>The number's limit of the day.</summary>
/// <param name="Count">Top-ups of one number and day.</param>
/// <param name="Amount">Fen of one number and day.</param>
public sealed record PhoneLimit(int Count, long Amount)
    : Refusal("phone-limit", 409, "The number has reached its limit of the day.", "该号码已达当日充值上限。");

/// <summary>The same number got the same amount a moment ago.</summary>
/// <param name="Minutes">Within which it must be confirmed.</param>
public sealed record TopUpRepeated(long Minutes)
    : Refusal(
        "top-up-repeated",
        409,
        "The same number got the same amount a moment ago. Confirm it.",
        "同一号码刚充值过相同金额，请再次确认。"
    );

/// <summary>The credit with the carrier does not cover it.</summary>
public sealed record CarrierCreditUsedUp()
    : Refusal("carrier-credit-used-up", 409, "The credit with the carrier is used up.", "运营商预存款不足。");

/// <summary>There is no such top-up.</summary>
public sealed record TopUpUnknown() : Refusal("top-up-unknown", 404, "There is no such top-up.", "无此充值记录。");

/// <summary>Another store sold it.</summary>
public sealed record TopUpOfOtherBranch()
    : Refusal("top-up-of-other-branch", 403, "Another store sold this top-up.", "该充值由其他门店办理。");

/// <summary>The state of the top-up forbids it.</summary>
/// <param name="State">Its state.</param>
public sealed record TopUpStateForbids(TopUpState State)
    : Refusal("top-up-state-forbids", 409, $"The top-up is {Json.Name(State)}.", "该充值的状态不允许此操作。");

/// <summary>Its money was given back already.</summary>
public sealed record TopUpRefunded() : Refusal("top-up-refunded", 409, "The money was given back already.", "该充值款已退。");
