using System.Globalization;

namespace Billing.TopUps.Redemptions;

/// <summary>A code that a customer pays with.</summary>
/// <param name="Kind" example="coupon">points or coupon.</param>
/// <param name="Code" example="ZQ2026010500001234">The code or password, 12 to 40 letters and digits.</param>
/// <param name="TillNumber" example="T01">The till, 1 to 12 digits and capital letters.</param>
/// <param name="ReceiptDate">The till's date, within a day of today.</param>
public sealed record RedeemCodeRequest(RedemptionKind Kind, string Code, string TillNumber, DateOnly ReceiptDate);

/// <summary>The receipt that was printed.</summary>
/// <param name="ReceiptNumber" example="1026">The till's receipt number, 1 to 12 digits.</param>
public sealed record ConfirmRedemptionRequest(string ReceiptNumber);

/// <summary>A redemption. Amount in fen.</summary>
/// <param name="SerialNumber" example="00150224112025602057">Its serial number.</param>
/// <param name="Kind" example="coupon">What is redeemed.</param>
/// <param name="State" example="authenticated">Its state.</param>
/// <param name="CodeHead" example="ZQ202601050">The first eleven characters of the code.</param>
/// <param name="Amount" example="3000">Fen that the code is worth; 0 where it is wrong.</param>
/// <param name="BranchCode" example="10100001">The store.</param>
/// <param name="TillNumber" example="T01">The till.</param>
/// <param name="ReceiptDate">The till's date.</param>
/// <param name="ReceiptNumber" example="1026">The receipt that was printed; null before.</param>
/// <param name="At">When the code was sent.</param>
/// <param name="ReleasedAt">When the code was let go without a receipt; null where it was not.</param>
/// <param name="RefusedAdvice" example="released">Why the carrier refused to be told; null where it did not.</param>
public sealed record RedemptionResponse(
    string SerialNumber,
    RedemptionKind Kind,
    RedemptionState State,
    string CodeHead,
    long Amount,
    string BranchCode,
    string TillNumber,
    DateOnly ReceiptDate,
    string? ReceiptNumber,
    DateTimeOffset At,
    DateTimeOffset? ReleasedAt,
    string? RefusedAdvice
)
{
    internal static string Location(Redemption r) => $"/v1/redemptions?codeHead={r.CodeHead}";

    internal static RedemptionResponse Of(Redemption r, string branchCode) =>
        new(
            r.SerialNumber,
            r.Kind,
            r.State,
            r.CodeHead,
            r.Amount,
            branchCode,
            r.TillNumber,
            r.ReceiptDate,
            r.ReceiptNumber?.ToString(CultureInfo.InvariantCulture),
            r.BookedAt.AtUtc(),
            r.ReleasedAt.AtUtc(),
            r.RefusedAdvice
        );
}

/// <summary>The till is stopped after wrong codes.</summary>
/// <param name="StoppedUntil">Until when.</param>
public sealed record TillStopped(DateTimeOffset StoppedUntil)
    : Refusal("till-stopped", 409, "The till is stopped after five wrong codes in a row.", "连续五次错码，收银台已暂停兑换。");

/// <summary>The carrier did not answer. The code, if it was held, is let go.</summary>
public sealed record CarrierSilent()
    : Refusal(
        "carrier-silent",
        503,
        "The carrier does not answer. Nothing was redeemed; try again with a new Idempotency-Key.",
        "运营商无应答，未兑换，请使用新的 Idempotency-Key 重试。"
    );

/// <summary>There is no such redemption.</summary>
public sealed record RedemptionUnknown() : Refusal("redemption-unknown", 404, "There is no such redemption.", "无此兑换记录。");

/// <summary>Another store's.</summary>
public sealed record RedemptionOfOtherBranch()
    : Refusal("redemption-of-other-branch", 403, "The redemption is another store's.", "该兑换由其他门店办理。");

/// <summary>The state forbids it.</summary>
/// <param name="State">Its state.</param>
public sealed record RedemptionStateForbids(RedemptionState State)
    : Refusal("redemption-state-forbids", 409, $"The redemption is {Json.Name(State)}.", "该兑换的状态不允许此操作。");

/// <summary>The code was let go: it must be authenticated anew.</summary>
public sealed record RedemptionReleased()
    : Refusal("redemption-released", 409, "The code was released. Authenticate it again.", "兑换码已释放，请重新认证。");
