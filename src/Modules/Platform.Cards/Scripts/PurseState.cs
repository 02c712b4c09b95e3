namespace Platform.Cards.Scripts;

/// <summary>Which way the money (or points) goes.</summary>
public enum PurseDirection
{
    Load,
    Unload,
}

/// <summary>
/// What is to be moved. <c>Amount</c> in fen (points for the points application), 1 up to the purse's limit; <c>Serial</c> the application serial
/// number of the one card it is meant for (20 hex digits); <c>Terminal</c> 12 hex digits.
/// </summary>
public sealed record PurseOrder(PurseDirection Direction, CardApplication Application, string Serial, long Amount, string Terminal)
{
    internal uint ChipAmount => checked((uint)Amount);

    internal byte Type(ApplicationProfile profile) => Direction == PurseDirection.Load ? profile.LoadType : profile.UnloadType;

    internal byte[] SerialBytes => Convert.FromHexString(Serial);

    internal byte[] TerminalBytes => Convert.FromHexString(Terminal);
}

/// <summary>
/// What MAC2 was bound to: the chip's balance and online counter before, its random number (hex), and date and time (hex, 7 bytes BCD).
/// </summary>
public sealed record PurseAttempt(long BalanceBefore, int Counter, string Random, string Time)
{
    internal long BalanceAfter(PurseOrder order) =>
        order.Direction == PurseDirection.Load ? checked(BalanceBefore + order.Amount) : checked(BalanceBefore - order.Amount);

    internal int CounterAfter => Counter + 1;
}

/// <summary>How far a load or unload has come.</summary>
public enum PursePhase
{
    /// <summary>As Identify; whatever the card answers, the customer's payment is booked first.</summary>
    Receive,
    Identify,
    Initialise,

    /// <summary>Waits for the hold to be booked.</summary>
    Authorise,

    /// <summary>The commit was handed out: from here on only the chip can tell.</summary>
    Commit,

    /// <summary>The chip refused the commit; it is read again.</summary>
    Recheck,

    /// <summary>Waits for the confirmation to be booked.</summary>
    Confirm,

    /// <summary>Waits for the release to be booked.</summary>
    Release,
    Over,
}

/// <summary>
/// The state of <see cref="PurseScript"/>. <c>Refusal</c> is the chip's reason while the phase is Recheck or Release; <c>Met</c> is what the card
/// answered first, while the payment is booked.
/// </summary>
public sealed record PurseState(
    PurseOrder Order,
    PursePhase Phase,
    PurseAttempt? Attempt = null,
    CardOutcome? Refusal = null,
    CardReport? Met = null
) : ScriptState
{
    internal PurseAttempt Known => Attempt ?? throw new InvalidOperationException($"A purse operation in phase {Phase} has no attempt.");
}
