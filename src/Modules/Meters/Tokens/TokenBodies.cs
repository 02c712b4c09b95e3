using Counter.Payments;
using Meters.Carriers.Sts;
using Meters.Sales;

namespace Meters.Tokens;

/// <summary>A token to sell. Give a quantity or an amount of money.</summary>
/// <param name="RequestId" example="till-7-000123">Your id of this request, 1 to 64 letters, digits and -. The same id gives the same token.</param>
/// <param name="Quantity" example="2560">Hundredths of a unit, in whole tenths of a unit: a multiple of 10.</param>
/// <param name="Amount">Fen that the user gives. Charged is what the delivered quantity costs.</param>
/// <param name="PaymentMethod" example="cash">cash, bankCard or transfer.</param>
public sealed record SellMeterTokenRequest(
    string RequestId,
    long? Quantity = null,
    long? Amount = null,
    PaymentMethod PaymentMethod = PaymentMethod.Cash
) : IMeterSum;

/// <summary>A token. It is never revoked: what was sold wrongly is compensated by another token.</summary>
/// <param name="SerialNumber">The transaction.</param>
/// <param name="Token" example="51043465443420856213">20 digits for the user to key in.</param>
/// <param name="Quantity" example="2560">Hundredths of a unit that were sold.</param>
/// <param name="Credited" example="2560">Hundredths that the meter credits: at least what was sold.</param>
/// <param name="Amount" example="1377">Fen charged.</param>
/// <param name="Back" example="0">Fen given back of what the user gave.</param>
/// <param name="BusinessDate">The business date.</param>
public sealed record MeterTokenSold(
    string SerialNumber,
    string Token,
    long Quantity,
    long Credited,
    long Amount,
    long Back,
    DateOnly BusinessDate
);

/// <summary>The request id belongs to another sale.</summary>
public sealed record MeterTokenRequestReused()
    : Refusal(
        "meter-token-request-reused",
        422,
        "This requestId belongs to a sale of another quantity.",
        "该 requestId 已用于另一笔不同数量的充值。"
    );

/// <summary>No identifier is left for a token: the base date is used up.</summary>
public sealed record MeterTokensUsedUp()
    : Refusal("meter-tokens-used-up", 409, "The base date of the meter's tokens is used up.", "该表的令牌基准日期已用尽。");

/// <summary>The quantity is no multiple of a tenth of a unit.</summary>
public sealed record MeterTokenTenths()
    : Refusal("meter-token-tenths", 422, "A token carries whole tenths of a unit.", "令牌充值量须为 0.1 单位的整数倍。");
