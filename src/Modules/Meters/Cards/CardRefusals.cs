namespace Meters.Cards;

/// <summary>There is no such reading of a card, or it is another operator's.</summary>
public sealed record MeterCardReadNotFound()
    : Refusal("meter-card-read-not-found", 404, "The card was not read. Read it first.", "未找到读卡结果，请先读卡。");

/// <summary>The reading is older than ten minutes.</summary>
public sealed record MeterCardReadTooOld()
    : Refusal("meter-card-read-too-old", 409, "The card was read too long ago. Read it again.", "读卡时间过久，请重新读卡。");

/// <summary>The card is no card of ours, or not in the stock.</summary>
public sealed record MeterCardUnknown()
    : Refusal("meter-card-unknown", 409, "The card is not one of this system's cards.", "该卡不是本系统的卡片。");

/// <summary>The card is another kind of card.</summary>
/// <param name="Kind">What it is.</param>
public sealed record MeterCardWrongKind(string Kind)
    : Refusal(
        "meter-card-wrong-kind",
        409,
        $"The card is of the kind {Kind}, which cannot be used here.",
        $"卡型不符（{Kind}），不能用于此操作。"
    );

/// <summary>The card was replaced or closed.</summary>
public sealed record MeterCardVoided()
    : Refusal("meter-card-void", 409, "The card was replaced or closed. Keep it and recycle it.", "该卡已作废（补卡或销户），请收回。");

/// <summary>The card was made under another maintenance code (PM-01.3).</summary>
public sealed record MeterCardForeignArea()
    : Refusal(
        "meter-card-foreign-area",
        409,
        "The card was made under another maintenance code, so it cannot be used for this account.",
        "该卡是在其他维护码下制作的，不能用于此账户。"
    );

/// <summary>The last purchase was not taken by the meter yet (PM-05.2).</summary>
public sealed record CardNotSwiped()
    : Refusal(
        "card-not-swiped",
        409,
        "The meter has not taken the last purchase off this card. Swipe the card on the meter first.",
        "该卡没有刷表，请刷表后再进行操作"
    );

/// <summary>The meter took the last purchase: it cannot be changed any more (PM-06.1).</summary>
public sealed record MeterPurchaseSwiped()
    : Refusal("meter-purchase-swiped", 409, "The meter has taken the last purchase. It cannot be changed.", "该次充值已刷表，不能修改。");

/// <summary>What is on the card is not authentic, or not what this system wrote last.</summary>
public sealed record MeterCardOutOfStep()
    : Refusal(
        "meter-card-out-of-step",
        409,
        "The card does not hold what this system wrote to it last. Replace the card.",
        "卡内数据与系统记录不符，请补卡处理。"
    );

/// <summary>The section of this sub-meter is not used on the card, or is in use.</summary>
public sealed record MeterCardSectionTaken()
    : Refusal("meter-card-section-taken", 409, "The card already carries this sub-meter.", "该卡已有此子表号的数据。");

/// <summary>The card refused its secret code before.</summary>
public sealed record MeterCardSecretRefused()
    : Refusal(
        "meter-card-secret-refused",
        409,
        "The card refused its secret code and is not written to any more.",
        "该卡密码校验失败过，不再写卡，请更换卡片。"
    );

/// <summary>The card has no open account of this sub-meter number.</summary>
public sealed record MeterSupplyNotOnCard()
    : Refusal(
        "meter-supply-not-on-card",
        409,
        "The card carries no open account of this sub-meter number.",
        "该卡没有此子表号的开户信息。"
    );
