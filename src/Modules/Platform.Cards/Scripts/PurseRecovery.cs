using Platform.Cards.Operations;

namespace Platform.Cards.Scripts;

/// <summary>How far the settling of a load or unload has come.</summary>
public enum PurseRecoveryPhase
{
    /// <summary>Is it the card, and does it hold the proof?</summary>
    Prove,

    /// <summary>No proof: balance, counter and log.</summary>
    Count,
    Confirm,
    Release,
    Over,
}

/// <summary>The state of settling a load or unload.</summary>
public sealed record PurseRecoveryState(PurseOrder Order, PurseAttempt Attempt, PurseRecoveryPhase Phase) : ScriptState;

/// <summary>
/// Settles a load or unload: first the chip's proof of its last transaction, else counter and balance under a MAC, else the log. The
/// counter decides, for purchases may have come between; a balance that nothing explains is for a person.
/// </summary>
internal sealed class PurseRecovery() : CardScript<PurseRecoveryState>("purse-recovery")
{
    private static readonly string[] ProofOrNone = ["9000", "9406"];

    internal static ScriptStep Start(PurseOrder order, PurseAttempt attempt, ScriptContext context)
    {
        var application = context.Keys.Profile.Application(order.Application);
        return new ScriptStep.Send(
            new PurseRecoveryState(order, attempt, PurseRecoveryPhase.Prove),
            [
                new(CardApdus.Select(application)),
                new(CardApdus.ReadPublic(application)),
                new(CardApdus.GetProof(order.Type(application), attempt.CounterAfter), ContinueOn: ProofOrNone),
            ]
        );
    }

    protected internal override ScriptStep Next(PurseRecoveryState state, ScriptContext context, CardReport report) =>
        state.Phase switch
        {
            PurseRecoveryPhase.Prove => Prove(state, context, report),
            PurseRecoveryPhase.Count => Count(state, context, report),
            _ => throw new InvalidOperationException($"A settlement in phase {state.Phase} expects no answers."),
        };

    protected internal override ScriptStep Resume(PurseRecoveryState state, ScriptContext context) =>
        state.Phase switch
        {
            PurseRecoveryPhase.Confirm => Over(state, CardRefusals.Confirmed("card-done", "The chip had done it.")),
            PurseRecoveryPhase.Release => Over(state, NotDone),
            _ => throw new InvalidOperationException($"A settlement in phase {state.Phase} waits for no booking."),
        };

    protected internal override ScriptStep Recover(PurseRecoveryState unfinished, ScriptContext context) =>
        Start(unfinished.Order, unfinished.Attempt, context);

    protected internal override ChipAttempt Attempt(PurseRecoveryState state) => ChipAttempt.Of(state.Order, state.Attempt);

    protected internal override BookingPoint.Confirmed Settled(PurseRecoveryState state, bool afterRelease) =>
        PurseScript.Settlement(Attempt(state), afterRelease);

    private static ScriptStep Prove(PurseRecoveryState state, ScriptContext context, CardReport report)
    {
        if (report.Data(1, PublicFile.Size) is not { } file)
        {
            return Over(state, CardRefusals.Uncertain(report));
        }

        if (PublicFile.Decode(file)?.ApplicationSerial != state.Order.Serial)
        {
            return Over(state, CardRefusals.WrongCard(CardOutcomeState.Unknown));
        }

        if (report.Answer(2) is { StatusWord: "9406" })
        {
            return Count(state, context);
        }

        if (report.Answer(2) is not { Done: true } answer)
        {
            return Over(state, CardRefusals.Uncertain(report));
        }

        var expected = $"{PurseProofs.Expected(context.Keys, state.Order, state.Attempt):X8}";
        var whole = state.Order.Direction == PurseDirection.Load ? $"00000000{expected}" : $"{expected}00000000";
        return string.Equals(answer.Data, whole, StringComparison.OrdinalIgnoreCase)
            ? Confirm(state, ConfirmedBy.Proof, expected)
            : Over(state, CardRefusals.Exception("card-proof-wrong", "The card proves another transaction than this one."));
    }

    private static ScriptStep.Send Count(PurseRecoveryState state, ScriptContext context)
    {
        var application = context.Keys.Profile.Application(state.Order.Application);
        var log = Enumerable.Range(1, application.LogRecords).Select(n => new CardCommand(CardApdus.ReadLog(application, n)));
        return new(
            state with
            {
                Phase = PurseRecoveryPhase.Count,
            },
            [
                new(CardApdus.Verify(PurseScript.Pin(context))),
                new(CardApdus.InitializeLoad(application, 0, state.Order.Terminal)),
                // The log ends with 6A83, where the agent stops.
                .. log,
            ]
        );
    }

    private static ScriptStep Count(PurseRecoveryState state, ScriptContext context, CardReport report)
    {
        var card = Initialised.Decode(report.Data(1));
        if (card is null || report.Failure is not null)
        {
            return Over(state, CardRefusals.Uncertain(report));
        }

        if (!PurseProofs.IsGenuine(context.Keys, PurseScript.Reading(state.Order), card))
        {
            return Over(state, CardRefusals.Exception("card-not-genuine", "The card's MAC1 is wrong."));
        }

        var log = Log(report);
        if (card.Counter == state.Attempt.Counter)
        {
            var purchase = context.Keys.Profile.Application(state.Order.Application).PurchaseType;
            return IsExplained(state.Attempt.BalanceBefore - card.Balance, log, purchase)
                ? new ScriptStep.Book(state with { Phase = PurseRecoveryPhase.Release }, new BookingPoint.Released(NotDone.Code))
                : Over(state, Unexplained("The card has not counted it, but its balance is another."));
        }

        var counted = card.Counter > state.Attempt.Counter && log.Contains(Record(state, context));
        return counted
            ? Confirm(state, ConfirmedBy.Log, proof: null)
            : Over(state, Unexplained("The card has counted on, and its log does not show this transaction."));
    }

    private static LogRecord Record(PurseRecoveryState state, ScriptContext context) =>
        new(
            (ushort)state.Attempt.CounterAfter,
            state.Order.ChipAmount,
            state.Order.Type(context.Keys.Profile.Application(state.Order.Application)),
            state.Order.Terminal.ToUpperInvariant(),
            state.Attempt.Time
        );

    private static List<LogRecord> Log(CardReport report)
    {
        var log = new List<LogRecord>();
        for (var i = 2; report.Data(i, LogRecord.Size) is { } record; i++)
        {
            log.Add(LogRecord.Decode(record)!);
        }

        return log;
    }

    // What is missing must be exactly the newest purchases in the log: then they came between, and this operation did not.
    private static bool IsExplained(long missing, List<LogRecord> log, byte purchase)
    {
        foreach (var record in log.TakeWhile(r => missing > 0 && r.Type == purchase))
        {
            missing -= record.Amount;
        }

        return missing == 0;
    }

    private static ScriptStep.Book Confirm(PurseRecoveryState state, ConfirmedBy by, string? proof) =>
        new(state with { Phase = PurseRecoveryPhase.Confirm }, PurseScript.Confirmation(state.Order, state.Attempt, by, proof));

    private static CardOutcome NotDone => CardRefusals.NotDone("card-not-done", "The chip had not done it: its counter has not moved.");

    private static CardOutcome Unexplained(string message) => CardRefusals.Exception("card-unexplained", message);

    private static ScriptStep.Finish Over(PurseRecoveryState state, CardOutcome outcome) =>
        new(state with { Phase = PurseRecoveryPhase.Over }, outcome);
}
