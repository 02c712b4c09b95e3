using Cheques.Claims;
using Counter.Payments;
using Counter.Transactions;
using Microsoft.AspNetCore.Builder;
using Platform.Cards.Operations;

namespace Funding.Collections;

public sealed record NotACollection()
    : Refusal("not-a-collection", 409, "Only a collection can be voided or reversed.", "只有收款业务可以撤单或冲销。");

/// <summary>What the caller says of the collection is not what was booked (FC-17.1).</summary>
/// <param name="Fields">The fields that differ.</param>
public sealed record CollectionMismatch(IReadOnlyList<string> Fields)
    : Refusal(
        "collection-mismatch",
        422,
        "The collection has another card, payment method or amount.",
        "与原收款记录的卡号、收款方式或金额不符。"
    );

public sealed record OtherBranchCollected()
    : Refusal("other-branch-collected", 403, "Only the branch that took the payment can correct it.", "只能由收款的同一网点办理。");

public sealed record OtherOperatorCollected()
    : Refusal(
        "other-operator-collected",
        403,
        "Before the day-end, only the operator who took the payment can void it.",
        "日结前只能由收款的同一操作员撤单。"
    );

/// <summary>The day of the collection is closed: it is reversed now, not voided.</summary>
public sealed record DayAlreadyClosed(DateOnly BusinessDate)
    : Refusal("day-already-closed", 409, "The collection's business date is closed; reverse it.", "该收款的营业日已日结，请办理冲销。");

/// <summary>The day of the collection is open: it is voided now, not reversed.</summary>
public sealed record DayStillOpen(DateOnly BusinessDate)
    : Refusal("day-still-open", 409, "The collection's business date is still open; void it.", "该收款的营业日尚未日结，请办理撤单。");

/// <summary>Less is in the quota account than must go back; the rest must first come back from reserve accounts or purses (FC-17.2).</summary>
/// <param name="Needed">Fen to be taken back: amount and bonus.</param>
/// <param name="QuotaBalance">Fen in the quota account.</param>
/// <param name="Missing">Fen that must first come back.</param>
/// <param name="InReserve">Fen in the reserve accounts of the customer's cards.</param>
/// <param name="InPurses">Fen in the purses of the customer's cards.</param>
/// <param name="InTransit">Fen under way between books and chips: reading the card again settles where they are.</param>
public sealed record QuotaTooSmallForVoid(long Needed, long QuotaBalance, long Missing, long InReserve, long InPurses, long InTransit)
    : Refusal(
        "quota-too-small-for-void",
        409,
        "The quota balance is too small. First return money from reserve accounts or purses.",
        "额度账余额不足，请先从备付金账或卡账回退资金至额度账。"
    );

/// <summary>A recharge went into the card's purse: it must be unloaded, or returned from the reserve account, first (FC-17.3).</summary>
/// <param name="Needed">Fen to be taken back: amount and bonus.</param>
/// <param name="Missing">Fen of it that have not come back from the card since.</param>
/// <param name="InReserve">Fen in the card's reserve account.</param>
/// <param name="InPurse">Fen in the card's purse, as far as the books know.</param>
public sealed record RechargeStillOnCard(long Needed, long Missing, long InReserve, long InPurse)
    : Refusal(
        "recharge-still-on-card",
        409,
        "The recharge is in the card's purse. First unload it, or return it from the reserve account.",
        "该笔充值已进入卡钱包，请先办理圈提或备付金回退。"
    );

/// <summary>The points given with the collection have left the quota points account.</summary>
/// <param name="Needed">Points to be taken back.</param>
/// <param name="QuotaPointsBalance">Points in the quota points account.</param>
public sealed record PointsTooFewForVoid(long Needed, long QuotaPointsBalance)
    : Refusal(
        "points-too-few-for-void",
        409,
        "The quota points are too few. First return the points of the collection to the quota account.",
        "随收款赠送的积分不足，请先将备付积分回退至额度积分。"
    );

/// <summary>Some of the recharge was refunded: it cannot be voided or reversed as a whole.</summary>
/// <param name="Refunded">Fen that were refunded.</param>
public sealed record RechargeRefunded(long Refunded)
    : Refusal(
        "recharge-refunded",
        409,
        "Some of this recharge was refunded. It can no longer be voided or reversed.",
        "该笔充值已部分退款，不能撤单或冲销。"
    );

/// <summary>A collection on credit that was paid for, or set off by a refund, since: less is owed than it would take back.</summary>
/// <param name="Owed">Fen that are still owed to the branch.</param>
public sealed record RechargeCreditPaid(long Owed)
    : Refusal(
        "recharge-credit-paid",
        409,
        "The collection on credit was paid or set off. It can no longer be voided or reversed. Refund it instead.",
        "该笔赊销收款已付款或已冲减，不能撤单或冲销，请办理退款。"
    );

/// <summary>The refusals of voids and reversals.</summary>
internal static class CorrectionRoutes
{
    public static RouteHandlerBuilder RefusesAsCorrection(this RouteHandlerBuilder route) =>
        route
            .Refuses(typeof(TransactionNotFound), typeof(NotACollection), typeof(CollectionMismatch), typeof(AlreadyCorrected))
            .Refuses(typeof(OtherBranchCollected), typeof(OtherOperatorCollected), typeof(DayAlreadyClosed), typeof(DayStillOpen))
            .Refuses(typeof(QuotaTooSmallForVoid), typeof(PointsTooFewForVoid), typeof(PaymentMethodNotAvailable))
            .Refuses(
                typeof(RechargeStillOnCard),
                typeof(CardBusy),
                typeof(ClaimSmaller),
                typeof(RechargeRefunded),
                typeof(RechargeCreditPaid)
            )
            .TakesApproval();
}
