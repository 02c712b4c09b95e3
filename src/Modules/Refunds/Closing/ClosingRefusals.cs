namespace Refunds.Closing;

/// <summary>There is no such closing.</summary>
public sealed record ClosingNotFound() : Refusal("closing-not-found", 404, "There is no such closing.", "清户申请不存在。");

/// <summary>The customer has a closing that is not given up.</summary>
public sealed record ClosingOpenAlready()
    : Refusal("closing-open-already", 409, "The customer is being closed already.", "该客户已在办理清户。");

/// <summary>The closing is over.</summary>
/// <param name="State">Where it stands.</param>
public sealed record ClosingStateForbids(ClosingState State)
    : Refusal("closing-state-forbids", 409, "The state of the closing does not allow this.", "该清户申请的状态不允许此操作。");

/// <summary>Another branch's closing.</summary>
public sealed record ClosingOfOtherBranch()
    : Refusal(
        "closing-of-other-branch",
        403,
        "Only the branch that opened the closing, or a branch above it, may do this.",
        "只能由受理清户的网点或其上级机构办理。"
    );

/// <summary>Something keeps the customer from being closed (FC-25.2).</summary>
/// <param name="Obstacles">All of it, each with the call that removes it.</param>
public sealed record ClosingHasObstacles(IReadOnlyList<ClosingObstacleView> Obstacles)
    : Refusal(
        "closing-has-obstacles",
        409,
        "The customer cannot be closed yet. The problem lists every obstacle with the call that removes it.",
        "尚不能清户，各项障碍及其解除办法见 obstacles。"
    );

/// <summary>The set handling fee is neither paid nor waived (FC-25.3).</summary>
/// <param name="Fee">Fen.</param>
public sealed record ClosingFeeRequired(long Fee)
    : Refusal("closing-fee-required", 422, "Say how the handling fee is paid, or waive it.", "请填写手续费的收款方式，或选择免收。");

/// <summary>The card is another customer's.</summary>
public sealed record CardOfOtherCustomer()
    : Refusal("card-of-other-customer", 409, "The card does not belong to this customer.", "该卡不属于此客户。");

/// <summary>The card was taken back before.</summary>
public sealed record CardTakenAlready() : Refusal("card-taken-already", 409, "The card was taken back already.", "该卡已收回。");

/// <summary>The chip still holds money, which is unloaded first (FC-25.2).</summary>
/// <param name="Purse">Fen on the chip, or in the card account where the chip was not read.</param>
public sealed record PurseNotEmpty(long Purse)
    : Refusal(
        "purse-not-empty",
        409,
        "The chip still holds money. Unload it, then read the card again.",
        "卡内尚有余额，请先圈提再重新读卡。"
    );

/// <summary>One booking closes so many cards and accounts and no more.</summary>
/// <param name="Cards">Cards at most.</param>
/// <param name="Balances">Reserve and point accounts with a balance at most.</param>
public sealed record ClosingTooLarge(int Cards, int Balances)
    : Refusal(
        "closing-too-large",
        409,
        "The customer has more cards, or more reserve and point accounts with a balance, than one closing holds. Return reserves first.",
        "客户的卡片或有余额的备付金、积分账户超过一次清户的上限，请先回退备付金。"
    );
