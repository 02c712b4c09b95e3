namespace Platform.Cards.Scripts;

/// <summary>
/// Settles an online unlock of unknown end: the chip's proof, else its lock that still stands, else the online counter under a MAC and the log. While
/// the unlock is not settled nothing else may be done online, so a counter that moved by one was moved by it.
/// </summary>
internal static class GreyRecovery
{
    private static readonly string[] ProofOrNone = ["9000", "9406"];

    internal static ScriptStep Start(GreyUnlockState unfinished, ScriptContext context)
    {
        var money = context.Keys.Profile.Money;
        return new ScriptStep.Send(
            unfinished with
            {
                Phase = GreyPhase.Prove,
                Settling = true,
            },
            [
                new(CardApdus.Select(money)),
                new(CardApdus.ReadPublic(money)),
                new(CardApdus.GetProof(GreyProofs.Type, unfinished.Known.CounterAfter), ContinueOn: ProofOrNone),
                new(CardApdus.GetLockProof),
            ]
        );
    }

    internal static ScriptStep Next(GreyUnlockState state, ScriptContext context, CardReport report) =>
        state.Phase == GreyPhase.Prove ? Prove(state, context, report) : Count(state, context, report);

    private static ScriptStep Prove(GreyUnlockState state, ScriptContext context, CardReport report)
    {
        if (report.Data(1, PublicFile.Size) is not { } file)
        {
            return Over(state, CardRefusals.Uncertain(report));
        }

        if (PublicFile.Decode(file)?.ApplicationSerial != state.Order.Serial)
        {
            return Over(state, CardRefusals.WrongCard(CardOutcomeState.Unknown));
        }

        if (report.Answer(2) is { Done: true } answer)
        {
            var expected = $"{GreyProofs.Expected(context.Keys, state):X8}";
            return string.Equals(answer.Data, $"{expected}00000000", StringComparison.OrdinalIgnoreCase)
                ? GreyUnlockScript.Confirm(state, ConfirmedBy.Proof, expected)
                : Over(state, CardRefusals.Exception("card-proof-wrong", "The card proves another transaction than this one."));
        }

        if (GreyProof.Decode(report.Data(3)) is not { } proof)
        {
            return Over(state, CardRefusals.Uncertain(report));
        }

        return proof.Names(state.Locked) ? GreyUnlockScript.Release(state, NotDone) : Count(state, context);
    }

    private static ScriptStep.Send Count(GreyUnlockState state, ScriptContext context)
    {
        var money = context.Keys.Profile.Money;
        return new(
            state with
            {
                Phase = GreyPhase.Count,
            },
            [
                new(CardApdus.Verify(PurseScript.Pin(context))),
                new(CardApdus.InitializeLoad(money, 0, state.Order.Terminal)),
                // The log ends with 6A83, where the agent stops.
                .. Enumerable.Range(1, money.LogRecords).Select(n => new CardCommand(CardApdus.ReadLog(money, n))),
            ]
        );
    }

    private static ScriptStep Count(GreyUnlockState state, ScriptContext context, CardReport report)
    {
        if (Initialised.Decode(report.Data(1)) is not { } card || report.Failure is not null)
        {
            return Over(state, CardRefusals.Uncertain(report));
        }

        var reading = new PurseOrder(PurseDirection.Load, CardApplication.Money, state.Order.Serial, 0, state.Order.Terminal);
        if (!PurseProofs.IsGenuine(context.Keys, reading, card))
        {
            return Over(state, CardRefusals.Exception("card-not-genuine", "The card's MAC1 is wrong."));
        }

        if (card.Counter == state.Known.OnlineCounter)
        {
            // The station ended its own fill, and its record will come.
            return GreyUnlockScript.Release(state, NotDone);
        }

        return card.Counter == state.Known.CounterAfter && (state.Locked.Amount == 0 || IsLogged(state, context, report))
            ? GreyUnlockScript.Confirm(state, ConfirmedBy.Log, proof: null)
            : Over(state, CardRefusals.Exception("card-unexplained", "The card has counted on, and its log does not show this unlock."));
    }

    private static bool IsLogged(GreyUnlockState state, ScriptContext context, CardReport report)
    {
        var fill = state.Locked;
        var purchase = context.Keys.Profile.Money.PurchaseType;
        for (var i = 2; report.Data(i, LogRecord.Size) is { } bytes; i++)
        {
            var record = LogRecord.Decode(bytes)!;
            if (
                record.Counter == fill.Counter
                && record.Amount == fill.Amount
                && record.Type == purchase
                && record.Time == state.Known.Time
            )
            {
                return true;
            }
        }

        return false;
    }

    private static CardOutcome NotDone => CardRefusals.NotDone("card-not-done", "The card was not unlocked by this operation.");

    private static ScriptStep.Finish Over(GreyUnlockState state, CardOutcome outcome) => GreyUnlockScript.Over(state, outcome);
}
