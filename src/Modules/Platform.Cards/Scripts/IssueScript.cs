namespace Platform.Cards.Scripts;

/// <summary>
/// Issues a blank card (FC-01): refuses one that is not blank, foreign or blocked before anything is booked or written; reserves; writes keys, PIN
/// and files; makes it an issued card by the one commit; reads it back and has it prove its keys.
/// </summary>
public sealed class IssueScript() : CardScript<IssueState>("issue")
{
    /// <summary>The first commands: whose card is it, and is it blank?</summary>
    public static ScriptStep Start(IssueOrder order, ScriptContext context)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(context);
        var profile = context.Keys.Profile;
        return new ScriptStep.Send(
            new IssueState(order, IssuePhase.Identify),
            [
                new(CardApdus.SelectMaster(profile)),
                new(CardApdus.Read(profile.ChipSerialFile, IssueCommands.ChipSerialLength)),
                new(CardApdus.Select(profile.Points)),
                new(CardApdus.ReadPublic(profile.Points)),
                new(CardApdus.Select(profile.Money)),
                new(CardApdus.ReadPublic(profile.Money)),
            ]
        );
    }

    protected internal override ScriptStep Next(IssueState state, ScriptContext context, CardReport report) =>
        state.Phase switch
        {
            IssuePhase.Identify => Identified(state, report),
            IssuePhase.Reserve => Release(state, CardRefusals.Stopped(report)),
            IssuePhase.Personalise => Personalised(state, context, report),
            IssuePhase.Commit => Committed(state, context, report),
            IssuePhase.Recheck => Rechecked(state, context, report),
            IssuePhase.ReadBack when IsAnother(state, report) => Over(state, CardRefusals.WrongCard(CardOutcomeState.Unknown)),
            IssuePhase.ReadBack => IssueCommands.WhatIsWritten(state.Order, state.Challenge!, context, report, first: 2) switch
            {
                Written.Everything => new ScriptStep.Book(
                    state with
                    {
                        Phase = IssuePhase.Confirm,
                    },
                    new PurseScript.Done(ConfirmedBy.ReadBack, 0, 0)
                ),
                Written.Unreadable => Over(state, CardRefusals.Uncertain(report)),
                _ => Over(state, CardRefusals.Exception("card-readback-differs", "The card does not read back as it was written.")),
            },

            // The card took its identity, but was not read back: as far as is known it is written.
            IssuePhase.Write => Over(state, CardRefusals.Uncertain(report)),
            _ => throw new InvalidOperationException($"Issuing in phase {state.Phase} expects no answers."),
        };

    protected internal override ScriptStep Resume(IssueState state, ScriptContext context) =>
        state.Phase switch
        {
            IssuePhase.Reserve => Send(state with { Phase = IssuePhase.Personalise, Item = 0 }, context, cardChallenge: null),
            IssuePhase.Write => ReadBack(state with { Phase = IssuePhase.ReadBack }, context),
            IssuePhase.Confirm => Over(state, CardRefusals.Confirmed("card-done", "The card is issued.")),
            IssuePhase.Release => Over(state, state.Refusal!),
            _ => throw new InvalidOperationException($"Issuing in phase {state.Phase} waits for no booking."),
        };

    /// <summary>One whose commit was never handed out is released without its card.</summary>
    protected internal override ScriptStep Recover(IssueState unfinished, ScriptContext context)
    {
        ArgumentNullException.ThrowIfNull(unfinished);
        return unfinished.Phase < IssuePhase.Commit
            ? Next(unfinished, context, CardReport.TimedOut)
            : IssueRecovery.Start(unfinished.Order, unfinished.ChipSerial!, context);
    }

    /// <summary>An issued chip begins with its counters at zero.</summary>
    protected internal override BookingPoint.Confirmed Settled(IssueState state, bool afterRelease) => Settlement(afterRelease);

    internal static PurseScript.Done Settlement(bool afterRelease) => new(ConfirmedBy.Settlement, Counter: 0, AfterRelease: afterRelease);

    private static ScriptStep Identified(IssueState state, CardReport report)
    {
        var serial = report.Data(1, IssueCommands.ChipSerialLength);
        if (serial is null || report.Data(5, PublicFile.Size) is not { } money)
        {
            return Over(state, CardRefusals.Stopped(report));
        }

        // The points application alone does not make a card an issued one: it is written before the commit.
        if (!PublicFile.IsBlank(money))
        {
            return Over(state, CardRefusals.NotDone("card-not-blank", "The card is not blank."));
        }

        var chipSerial = Convert.ToHexString(serial);
        return new ScriptStep.Book(state with { Phase = IssuePhase.Reserve, ChipSerial = chipSerial }, new Reserved(chipSerial));
    }

    // Every round ends with the card's challenge for the next.
    private static ScriptStep Personalised(IssueState state, ScriptContext context, CardReport report)
    {
        var plan = IssuePlan.Of(state.Order, context.Keys.Profile);
        var item = plan[state.Item];
        if (item is IssueItem.Authenticate && state.Transport && report.StoppedBy?.StartsWith("63C", StringComparison.Ordinal) == true)
        {
            // Torn in an earlier attempt, the card may have its own control key already. A right answer gives the lost try back.
            return new ScriptStep.Send(
                state with
                {
                    Transport = false,
                    Item = state.Item - 1,
                },
                IssueCommands.Enter(item.Application, context)
            );
        }

        if (report.Answers.Count != 2 || report.Data(1, atLeast: 4) is not { } challenge)
        {
            return Release(state, CardRefusals.Stopped(report));
        }

        // A new application is met as a blank card's: with the transport key.
        var next = state.Item + 1;
        var enters = next < plan.Count && plan[next] is IssueItem.Enter;
        return Send(state with { Item = next, Transport = enters || state.Transport }, context, challenge);
    }

    private static ScriptStep.Send Send(IssueState state, ScriptContext context, byte[]? cardChallenge)
    {
        var plan = IssuePlan.Of(state.Order, context.Keys.Profile);
        return state.Item < plan.Count
            ? new(state, IssueCommands.Item(plan[state.Item], state, context, cardChallenge))
            : new(state with { Phase = IssuePhase.Commit }, IssueCommands.Commit(state.Order, context, cardChallenge!));
    }

    private static ScriptStep Committed(IssueState state, ScriptContext context, CardReport report)
    {
        if (report.Answer(0) is not { } answer)
        {
            return Over(state, CardRefusals.Uncertain(report));
        }

        if (answer.Done)
        {
            return new ScriptStep.Book(state with { Phase = IssuePhase.Write }, new IdentityTaken(state.ChipSerial!));
        }

        var refusal = CardRefusals.Stopped(report) with { State = CardOutcomeState.Rejected };
        return ReadBack(state with { Phase = IssuePhase.Recheck, Refusal = refusal }, context);
    }

    private static ScriptStep Rechecked(IssueState state, ScriptContext context, CardReport report) =>
        IssueCommands.WhatIsWritten(state.Order, state.Challenge!, context, report, first: 2) switch
        {
            _ when IsAnother(state, report) => Over(state, CardRefusals.WrongCard(CardOutcomeState.Unknown)),
            Written.Nothing => Release(state, state.Refusal!),
            Written.Everything => new ScriptStep.Book(state with { Phase = IssuePhase.Write }, new IdentityTaken(state.ChipSerial!)),
            Written.Unreadable => Over(state, CardRefusals.Uncertain(report)),
            _ => Over(state, CardRefusals.Exception("card-readback-differs", "The card does not read back as it was written.")),
        };

    private static ScriptStep.Send ReadBack(IssueState state, ScriptContext context)
    {
        var profile = context.Keys.Profile;
        return new(
            state with
            {
                Challenge = context.Challenge,
            },
            [
                new(CardApdus.SelectMaster(profile)),
                new(CardApdus.Read(profile.ChipSerialFile, IssueCommands.ChipSerialLength)),
                .. IssueCommands.ReadBack(profile, context.Challenge),
            ]
        );
    }

    // A card put in the place of the one that was written must not be taken for it.
    private static bool IsAnother(IssueState state, CardReport report) =>
        report.Data(1, IssueCommands.ChipSerialLength) is { } serial && Convert.ToHexString(serial) != state.ChipSerial;

    private static ScriptStep.Book Release(IssueState state, CardOutcome refusal) =>
        new(state with { Phase = IssuePhase.Release, Refusal = refusal }, new BookingPoint.Released(refusal.Code));

    private static ScriptStep.Finish Over(IssueState state, CardOutcome outcome) => new(state with { Phase = IssuePhase.Over }, outcome);

    /// <summary>The card is blank; nothing is written on it yet.</summary>
    public sealed record Reserved(string ChipSerial) : BookingPoint
    {
        public override string? Chip => ChipSerial;
    }

    /// <summary>The card has accepted its identity; it is not read back yet.</summary>
    public sealed record IdentityTaken(string ChipSerial) : BookingPoint
    {
        public override bool IsOver => true;
    }
}
