namespace Platform.Cards.Scripts;

/// <summary>How far the writing of restrictions has come.</summary>
public enum RestrictPhase
{
    Identify,
    Write,
    Confirm,
    Over,
}

/// <summary>
/// The state of <see cref="RestrictScript"/>: the card's application serial number (20 hex digits) and EF1C (hex). <c>Settling</c> says that
/// an earlier write of the same may have reached the card, so that no failure can be called "not done".
/// </summary>
public sealed record RestrictState(string Serial, string File, RestrictPhase Phase, bool Settling = false) : ScriptState;

/// <summary>
/// Writes a card's restrictions (FC-40.1) under secure messaging and reads them back. Writing the same again changes nothing, so an unknown
/// end is settled by running the script again.
/// </summary>
public sealed class RestrictScript() : CardScript<RestrictState>("restrict")
{
    /// <summary>The first commands: is this the card?</summary>
    public static ScriptStep Start(string serial, RestrictionFile restrictions, ScriptContext context)
    {
        ArgumentNullException.ThrowIfNull(restrictions);
        return Start(serial, Convert.ToHexString(restrictions.Encode()), context, settling: false);
    }

    internal static ScriptStep Start(string serial, string file, ScriptContext context, bool settling)
    {
        ArgumentNullException.ThrowIfNull(context);
        var money = context.Keys.Profile.Money;
        return new ScriptStep.Send(
            new RestrictState(serial, file, RestrictPhase.Identify, settling),
            [new(CardApdus.Select(money)), new(CardApdus.ReadPublic(money)), new(CardApdus.GetChallenge)]
        );
    }

    protected internal override ScriptStep Next(RestrictState state, ScriptContext context, CardReport report) =>
        state.Phase switch
        {
            RestrictPhase.Identify => Identified(state, context, report),
            RestrictPhase.Write => Written(state, report),
            _ => throw new InvalidOperationException($"Restricting in phase {state.Phase} expects no answers."),
        };

    protected internal override ScriptStep Resume(RestrictState state, ScriptContext context) =>
        state.Phase == RestrictPhase.Confirm
            ? Over(state, CardRefusals.Confirmed("card-done", "The restrictions are on the card."))
            : throw new InvalidOperationException($"Restricting in phase {state.Phase} waits for no booking.");

    /// <summary>The same is written again.</summary>
    protected internal override ScriptStep Recover(RestrictState unfinished, ScriptContext context)
    {
        ArgumentNullException.ThrowIfNull(unfinished);
        return Start(unfinished.Serial, unfinished.File, context, settling: true);
    }

    private static ScriptStep Identified(RestrictState state, ScriptContext context, CardReport report)
    {
        if (report.Data(1, PublicFile.Size) is not { } file || report.Data(2, atLeast: 4) is not { } challenge)
        {
            return Over(state, state.Settling ? CardRefusals.Uncertain(report) : CardRefusals.Stopped(report));
        }

        if (PublicFile.Decode(file)?.ApplicationSerial != state.Serial)
        {
            return Over(state, CardRefusals.WrongCard(state.Settling ? CardOutcomeState.Unknown : CardOutcomeState.NotDone));
        }

        var id = context.Keys.Profile.Money.RestrictionFile;
        var update = IssueCommands.Update(CardApplication.Money, id, state.File, state.Serial, context, challenge);
        return new ScriptStep.Send(
            state with
            {
                Phase = RestrictPhase.Write,
            },
            [new(update, Commit: true), new(CardApdus.Read(id, RestrictionFile.Size))]
        );
    }

    private static ScriptStep Written(RestrictState state, CardReport report)
    {
        if (report.Answer(0) is { Done: false })
        {
            var refused = CardRefusals.Stopped(report) with { State = CardOutcomeState.Rejected };
            return Over(state, state.Settling ? CardRefusals.Uncertain(report) : refused);
        }

        if (report.Data(1, RestrictionFile.Size) is not { } file)
        {
            return Over(state, CardRefusals.Uncertain(report));
        }

        return Convert.ToHexString(file) == state.File
            ? new ScriptStep.Book(state with { Phase = RestrictPhase.Confirm }, new BookingPoint.Done(ConfirmedBy.ReadBack))
            : Over(state, CardRefusals.Exception("card-readback-differs", "The card does not read back as it was written."));
    }

    private static ScriptStep.Finish Over(RestrictState state, CardOutcome outcome) =>
        new(state with { Phase = RestrictPhase.Over }, outcome);
}
