namespace Platform.Cards.Operations;

public sealed record CardBusy()
    : Refusal(
        "card-operation-pending",
        409,
        "Another operation of this card is not settled yet. Read the card again first.",
        "该卡有未完成的卡片操作，请先重新读卡处理。"
    );

public sealed record CardTicketInvalid()
    : Refusal("card-ticket-invalid", 401, "The ticket is unknown or has expired.", "卡片操作凭证无效或已过期。");

public sealed record CardRoundConflict(int Expected)
    : Refusal("card-round-conflict", 409, "Another message is expected.", "卡片操作报文次序不符。");

public sealed record CardOperationOver() : Refusal("card-operation-over", 410, "The card operation is over.", "卡片操作已结束。");

public sealed record CardOperationRunning()
    : Refusal("card-operation-running", 409, "The card operation is still running.", "卡片操作仍在进行中。")
{
    public override bool Retryable => true;

    public override int? RetryAfterSeconds => 5;
}

public sealed record CardOperationNotUnknown(string State)
    : Refusal(
        "card-operation-not-unknown",
        409,
        $"The card operation is {State}; there is nothing to settle.",
        "该卡片操作无需重新读卡处理。"
    );

/// <summary>Nothing of this card waits to be settled.</summary>
public sealed record CardNothingPending()
    : Refusal("card-nothing-pending", 404, "This card has no unsettled operation.", "该卡没有待处理的卡片操作。");

/// <summary>A chip never counts back: a card that does is a copy of an earlier state of another (a cloned card).</summary>
/// <param name="Counter">The online counter that the card shows.</param>
/// <param name="Known">The counter that a card of this number has already proved.</param>
public sealed record CardCounterWentBack(int Counter, int Known)
    : Refusal(
        "card-counter-went-back",
        409,
        "The card's transaction counter has gone back: it may be a copy. Keep the card.",
        "卡片联机交易序号倒退，疑似复制卡，请扣留该卡。"
    );

/// <summary>The chip can hold less than the books (what was spent is still to come), never more.</summary>
/// <param name="OnCard">Fen, or points, that the card shows.</param>
/// <param name="InBooks">Fen, or points, of its card account.</param>
public sealed record CardHoldsMoreThanBooks(long OnCard, long InBooks)
    : Refusal(
        "card-holds-more-than-books",
        409,
        "The purse exceeds the card account. Read the card again, or let a supervisor decide.",
        "卡内余额大于卡账余额，请重新读卡或由主管处理。"
    );
