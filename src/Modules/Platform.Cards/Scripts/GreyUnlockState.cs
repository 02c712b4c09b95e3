namespace Platform.Cards.Scripts;

/// <summary>
/// A fill that a station has uploaded: its terminal (12 hex digits), the GTAC by which the chip names it (8 hex digits), the chip's offline
/// counter after it, and its amount in fen.
/// </summary>
public sealed record GreyFill(string Terminal, string GreyTac, int Counter, long Amount);

/// <summary>
/// What an online unlock may do: the card's application serial number and the counter's terminal (hex), the fills that stations have uploaded of this
/// card, at most 10, and whether it may be freed with amount 0 when its fill is not among them and its lock is older than <c>WaitDays</c>.
/// </summary>
public sealed record GreyUnlockOrder(string Serial, string Terminal, IReadOnlyList<GreyFill> Fills, bool WithoutRecord, int WaitDays)
{
    internal byte[] SerialBytes => Convert.FromHexString(Serial);

    internal byte[] TerminalBytes => Convert.FromHexString(Terminal);
}

/// <summary>What MAC2 was bound to: as <see cref="PurseAttempt"/>, with the online counter.</summary>
public sealed record GreyAttempt(long BalanceBefore, int OnlineCounter, string Random, string Time)
{
    internal int CounterAfter => OnlineCounter + 1;
}

/// <summary>How far an online unlock has come.</summary>
public enum GreyPhase
{
    Identify,
    Initialise,

    /// <summary>Waits for the hold of the fill to be booked.</summary>
    Hold,

    /// <summary>The commit was handed out: from here on only the chip can tell.</summary>
    Commit,

    /// <summary>The chip refused the commit; it is read again.</summary>
    Recheck,

    /// <summary>Settling: does the card hold the proof, or its lock?</summary>
    Prove,

    /// <summary>Settling: neither; counter and log.</summary>
    Count,
    Confirm,
    Release,
    Over,
}

/// <summary>
/// The state of <see cref="GreyUnlockScript"/> and of its settling. <c>Fill</c> is the one the card is locked for, with amount 0 where no station has
/// uploaded it (<c>HasRecord</c> false).
/// </summary>
public sealed record GreyUnlockState(
    GreyUnlockOrder Order,
    GreyPhase Phase,
    GreyFill? Fill = null,
    bool HasRecord = false,
    GreyAttempt? Attempt = null,
    CardOutcome? Refusal = null,
    bool Settling = false
) : ScriptState
{
    internal GreyFill Locked => Fill ?? throw new InvalidOperationException($"A grey unlock in phase {Phase} has no fill.");

    internal GreyAttempt Known => Attempt ?? throw new InvalidOperationException($"A grey unlock in phase {Phase} has no attempt.");

    internal long BalanceAfter => checked(Known.BalanceBefore - Locked.Amount);
}
