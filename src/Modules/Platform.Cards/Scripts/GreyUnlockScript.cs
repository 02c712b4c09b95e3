using Platform.Cards.Cryptography;

namespace Platform.Cards.Scripts;

/// <summary>
/// Frees a card that a station left locked for a fill (epurse.md, "Grey lock"): the card names the fill, the station's record gives its amount, the
/// hold of that record is booked, and only then MAC2 leaves the server. Like a load it may end unknown, and is settled by
/// <see cref="GreyRecovery"/>.
/// </summary>
public sealed class GreyUnlockScript() : CardScript<GreyUnlockState>("grey-unlock")
{
    /// <summary>The first commands: is this the card, and what is it locked for?</summary>
    public static ScriptStep Start(GreyUnlockOrder order, ScriptContext context)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(context);
        var money = context.Keys.Profile.Money;
        return new ScriptStep.Send(
            new GreyUnlockState(order, GreyPhase.Identify),
            [new(CardApdus.Select(money)), new(CardApdus.ReadPublic(money)), new(CardApdus.GetLockProof)]
        );
    }

    protected internal override ScriptStep Next(GreyUnlockState state, ScriptContext context, CardReport report) =>
        state.Phase switch
        {
            GreyPhase.Identify => Identified(state, context, report),
            GreyPhase.Initialise => Initialised(state, context, report),

            // The hold is booked but the commit never left the server: whatever happened, the chip has not done it.
            GreyPhase.Hold => Release(state, CardRefusals.Stopped(report)),
            GreyPhase.Commit => Committed(state, context, report),
            GreyPhase.Recheck => Rechecked(state, report),
            GreyPhase.Prove or GreyPhase.Count => GreyRecovery.Next(state, context, report),
            _ => throw new InvalidOperationException($"A grey unlock in phase {state.Phase} expects no answers."),
        };

    protected internal override ScriptStep Resume(GreyUnlockState state, ScriptContext context) =>
        state.Phase switch
        {
            GreyPhase.Hold => Commit(state, context),
            GreyPhase.Confirm => Over(state, CardRefusals.Confirmed("card-done", "The card is free again.")),
            GreyPhase.Release => Over(state, state.Refusal!),
            _ => throw new InvalidOperationException($"A grey unlock in phase {state.Phase} waits for no booking."),
        };

    /// <summary>One whose commit was never handed out is released without its card.</summary>
    protected internal override ScriptStep Recover(GreyUnlockState unfinished, ScriptContext context)
    {
        ArgumentNullException.ThrowIfNull(unfinished);
        return unfinished.Phase < GreyPhase.Commit
            ? Next(unfinished, context, CardReport.TimedOut)
            : GreyRecovery.Start(unfinished, context);
    }

    private static ScriptStep Identified(GreyUnlockState state, ScriptContext context, CardReport report)
    {
        if (report.Data(1, PublicFile.Size) is not { } file || GreyProof.Decode(report.Data(2)) is not { } proof)
        {
            return Over(state, CardRefusals.Stopped(report));
        }

        if (PublicFile.Decode(file)?.ApplicationSerial != state.Order.Serial)
        {
            return Over(state, CardRefusals.WrongCard(CardOutcomeState.NotDone));
        }

        if (!proof.Locked)
        {
            return Over(state, CardRefusals.NotDone("card-not-grey-locked", "No station has locked the card."));
        }

        var recorded = state.Order.Fills.FirstOrDefault(proof.Names);
        if (recorded is null && WhyNotWithout(state.Order, proof, context.LocalTime) is { } refusal)
        {
            return Over(state, refusal);
        }

        var money = context.Keys.Profile.Money;
        var initialise = $"E07A09{money.Purse:X2}07{money.Key(KeyUsage.GreyUnlock).Index:X2}{state.Order.Terminal}";
        return new ScriptStep.Send(
            state with
            {
                Phase = GreyPhase.Initialise,
                Fill = recorded ?? new GreyFill(proof.Terminal, proof.GreyTac, proof.Counter, 0),
                HasRecord = recorded is not null,
            },
            [new(initialise)]
        );
    }

    private static CardOutcome? WhyNotWithout(GreyUnlockOrder order, GreyProof proof, DateTime now) =>
        !order.WithoutRecord ? CardRefusals.NotDone("grey-record-missing", "No station has uploaded the fill that locks this card.")
        : proof.LockedAt is not { } since || since.AddDays(order.WaitDays) > now
            ? CardRefusals.NotDone("grey-wait-not-over", "The station's record may still arrive: the waiting time is not over.")
        : null;

    private static ScriptStep Initialised(GreyUnlockState state, ScriptContext context, CardReport report)
    {
        if (GreyInitialised.Decode(report.Data(0)) is not { } card)
        {
            return Over(state, CardRefusals.Stopped(report));
        }

        if (!GreyProofs.IsGenuine(context.Keys, state.Order, card))
        {
            return Over(state, CardRefusals.NotDone("card-not-genuine", "The card's MAC1 is wrong."));
        }

        if (state.Locked.Amount > card.Balance)
        {
            return Over(state, CardRefusals.NotDone("card-balance-too-low", "The purse holds less than the fill."));
        }

        var attempt = new GreyAttempt(
            card.Balance,
            card.OnlineCounter,
            Convert.ToHexString(card.Random),
            Convert.ToHexString(CardTime.Encode(context.LocalTime))
        );
        return new ScriptStep.Book(state with { Phase = GreyPhase.Hold, Attempt = attempt }, new Unlocking(state.Locked, state.HasRecord));
    }

    private static ScriptStep.Send Commit(GreyUnlockState state, ScriptContext context)
    {
        var mac2 = GreyProofs.Mac2(context.Keys, state);
        var command = new CardCommand($"E07E09000F{state.Locked.Amount:X8}{state.Known.Time}{mac2:X8}", Commit: true);
        return new(state with { Phase = GreyPhase.Commit }, [command]);
    }

    private static ScriptStep Committed(GreyUnlockState state, ScriptContext context, CardReport report)
    {
        if (report.Answer(0) is not { } answer)
        {
            return Over(state, CardRefusals.Uncertain(report));
        }

        if (!answer.Done)
        {
            var refusal = CardRefusals.Stopped(report) with { State = CardOutcomeState.Rejected };
            return new ScriptStep.Send(
                state with
                {
                    Phase = GreyPhase.Recheck,
                    Refusal = refusal,
                },
                [new(CardApdus.Select(context.Keys.Profile.Money)), new(CardApdus.GetLockProof)]
            );
        }

        var expected = $"{GreyProofs.Expected(context.Keys, state):X8}";
        return string.Equals(answer.Data, expected, StringComparison.OrdinalIgnoreCase)
            ? Confirm(state, ConfirmedBy.Answer, expected)
            : Over(state, CardRefusals.Unknown("card-proof-wrong", "The card says done, but its proof is wrong. Read the card again."));
    }

    private static ScriptStep Rechecked(GreyUnlockState state, CardReport report) =>
        GreyProof.Decode(report.Data(1))?.Names(state.Locked) == true
            ? Release(state, state.Refusal!)
            : Over(
                state,
                CardRefusals.Unknown("card-end-unknown", "The card refused, but could not be seen to be still locked. Read the card again.")
            );

    internal static ScriptStep.Book Confirm(GreyUnlockState state, ConfirmedBy by, string? proof) =>
        new(state with { Phase = GreyPhase.Confirm }, new PurseScript.Done(by, state.BalanceAfter, state.Known.CounterAfter, proof));

    internal static ScriptStep.Book Release(GreyUnlockState state, CardOutcome refusal) =>
        new(state with { Phase = GreyPhase.Release, Refusal = refusal }, new BookingPoint.Released(refusal.Code));

    internal static ScriptStep.Finish Over(GreyUnlockState state, CardOutcome outcome) =>
        new(state with { Phase = GreyPhase.Over }, outcome);

    /// <summary>
    /// The card names this fill and MAC1 is verified; hold the fill's record now, so that nobody else books it. Without a record its amount is 0.
    /// </summary>
    public sealed record Unlocking(GreyFill Fill, bool HasRecord) : BookingPoint;
}
