namespace Platform.Cards.Scripts;

/// <summary>How far the settling of an issue has come.</summary>
public enum IssueRecoveryPhase
{
    Read,
    Confirm,
    Release,
    Over,
}

/// <summary>The state of settling an issue.</summary>
public sealed record IssueRecoveryState(IssueOrder Order, string ChipSerial, string Challenge, IssueRecoveryPhase Phase) : ScriptState;

/// <summary>Settles an issue whose commit may have run: the same chip is issued with this number, or is still blank, or is for a person.</summary>
internal sealed class IssueRecovery() : CardScript<IssueRecoveryState>("issue-recovery")
{
    internal static ScriptStep Start(IssueOrder order, string chipSerial, ScriptContext context)
    {
        var profile = context.Keys.Profile;
        return new ScriptStep.Send(
            new IssueRecoveryState(order, chipSerial, context.Challenge, IssueRecoveryPhase.Read),
            [
                new(CardApdus.SelectMaster(profile)),
                new(CardApdus.Read(profile.ChipSerialFile, IssueCommands.ChipSerialLength)),
                .. IssueCommands.ReadBack(profile, context.Challenge),
            ]
        );
    }

    protected internal override ScriptStep Next(IssueRecoveryState state, ScriptContext context, CardReport report)
    {
        if (report.Data(1, IssueCommands.ChipSerialLength) is not { } serial)
        {
            return Over(state, CardRefusals.Uncertain(report));
        }

        if (Convert.ToHexString(serial) != state.ChipSerial)
        {
            return Over(state, CardRefusals.WrongCard(CardOutcomeState.Unknown));
        }

        return IssueCommands.WhatIsWritten(state.Order, state.Challenge, context, report, first: 2) switch
        {
            Written.Everything => new ScriptStep.Book(
                state with
                {
                    Phase = IssueRecoveryPhase.Confirm,
                },
                new PurseScript.Done(ConfirmedBy.ReadBack, 0, 0)
            ),
            Written.Nothing => new ScriptStep.Book(
                state with
                {
                    Phase = IssueRecoveryPhase.Release,
                },
                new BookingPoint.Released(NotDone.Code)
            ),
            Written.Unreadable => Over(state, CardRefusals.Uncertain(report)),
            _ => Over(state, CardRefusals.Exception("card-readback-differs", "The card is issued, but not as this operation writes it.")),
        };
    }

    protected internal override ScriptStep Resume(IssueRecoveryState state, ScriptContext context) =>
        state.Phase switch
        {
            IssueRecoveryPhase.Confirm => Over(state, CardRefusals.Confirmed("card-done", "The card is issued.")),
            IssueRecoveryPhase.Release => Over(state, NotDone),
            _ => throw new InvalidOperationException($"A settlement in phase {state.Phase} waits for no booking."),
        };

    protected internal override ScriptStep Recover(IssueRecoveryState unfinished, ScriptContext context) =>
        Start(unfinished.Order, unfinished.ChipSerial, context);

    protected internal override BookingPoint.Confirmed Settled(IssueRecoveryState state, bool afterRelease) =>
        IssueScript.Settlement(afterRelease);

    private static CardOutcome NotDone => CardRefusals.NotDone("card-not-done", "The card is still blank.");

    private static ScriptStep.Finish Over(IssueRecoveryState state, CardOutcome outcome) =>
        new(state with { Phase = IssueRecoveryPhase.Over }, outcome);
}
