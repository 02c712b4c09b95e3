using System.Buffers;
using Meters.Carriers.Cards;
using Platform.Cards.Scripts;

namespace Meters.Cards;

/// <summary>How far the writing of a meter card has come.</summary>
public enum MeterCardPhase
{
    /// <summary>The card is read.</summary>
    Read,

    /// <summary>Waits for the decision that what was read allows.</summary>
    Decide,

    /// <summary>The first write, which decides, and its read-back.</summary>
    Write,

    /// <summary>The other writes, and the read-back of all.</summary>
    Complete,

    /// <summary>Waits for the end to be booked.</summary>
    Confirm,

    /// <summary>Waits for the release to be booked.</summary>
    Release,

    /// <summary>An unfinished write is settled by what the card holds.</summary>
    Settle,
    Over,
}

/// <summary>
/// The state of <see cref="MeterCardScript"/>. <c>Writes</c> are known from the first write on; the first of them decides. <c>Refusal</c> is how the
/// operation ends when the release is booked.
/// </summary>
public sealed record MeterCardState(
    MeterCardTask Task,
    MeterCardPhase Phase,
    string? Before = null,
    IReadOnlyList<CardWrite>? Writes = null,
    CardOutcome? Refusal = null
) : ScriptState;

/// <summary>
/// Reads a meter card, lets its flow decide by what is on it, writes, and reads back (PM-05, PM-09). A write is settled by reading the card again:
/// the first write decides (<see cref="MeterCardPlan"/>). A refused secret code is never sent again by itself.
/// </summary>
public sealed class MeterCardScript() : CardScript<MeterCardState>("meter-card")
{
    private const string Done = "9000";

    /// <summary>The first commands.</summary>
    public static ScriptStep.Send Start(MeterCardTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return new(new MeterCardState(task, MeterCardPhase.Read), Reading);
    }

    private static CardCommand[] Reading =>
        [new(MeterCardCommands.Select), new(MeterCardCommands.ReadFirst), new(MeterCardCommands.ReadSecond)];

    /// <inheritdoc/>
    protected override ScriptStep Next(MeterCardState state, ScriptContext context, CardReport report)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(report);
        return state.Phase switch
        {
            MeterCardPhase.Read => WasRead(state, report),
            MeterCardPhase.Write => WasWritten(state, report),
            MeterCardPhase.Complete => WasCompleted(state, report),
            MeterCardPhase.Settle => WasReadAgain(state, Keys(context), report),
            // Booked, and the first write never left the server.
            MeterCardPhase.Decide => Release(state, Stopped(report)),
            _ => throw new InvalidOperationException($"Writing a meter card in phase {state.Phase} expects no answers."),
        };
    }

    /// <inheritdoc/>
    protected override ScriptStep Resume(MeterCardState state, ScriptContext context)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Phase switch
        {
            MeterCardPhase.Decide => Decided(state, Keys(context)),
            MeterCardPhase.Confirm => Over(state, new(CardOutcomeState.Confirmed, "card-done", "The card was written and read back.")),
            MeterCardPhase.Release => Over(state, state.Refusal!),
            _ => throw new InvalidOperationException($"Writing a meter card in phase {state.Phase} waits for no booking."),
        };
    }

    /// <inheritdoc/>
    protected override ScriptStep Recover(MeterCardState unfinished, ScriptContext context)
    {
        ArgumentNullException.ThrowIfNull(unfinished);
        return new ScriptStep.Send(unfinished with { Phase = MeterCardPhase.Settle }, Reading);
    }

    private static MeterCardKeys Keys(ScriptContext context) => new(context.Keys.ReadPurposeKey);

    private static ScriptStep WasRead(MeterCardState state, CardReport report)
    {
        if (Image(report) is not { } image)
        {
            return Over(state, Stopped(report));
        }

        if (state.Task is { Serial: { } serial, MakesNew: false } && image.Serial != serial)
        {
            return Over(state, NotExpected(CardOutcomeState.NotDone));
        }

        return new ScriptStep.Book(
            state with
            {
                Phase = MeterCardPhase.Decide,
                Before = Convert.ToHexString(image.Bytes),
            },
            new Seen(image)
        );
    }

    private static ScriptStep Decided(MeterCardState state, MeterCardKeys keys)
    {
        if (state.Task.ReadsOnly)
        {
            return Over(state, new(CardOutcomeState.Confirmed, "card-read", "The card was read."));
        }

        var writes = MeterCardPlan.Of(state.Task, new MeterCardImage(Convert.FromHexString(state.Before!)), keys);
        List<CardCommand> commands =
        [
            .. Opening(state.Task, keys, fresh: state.Task.MakesNew),
            new(MeterCardCommands.Update(writes[0]), Commit: true),
        ];
        commands.Add(new(MeterCardCommands.Read(writes[0].At, writes[0].Bytes.Length / 2)));
        return new ScriptStep.Send(state with { Phase = MeterCardPhase.Write, Writes = writes }, commands);
    }

    /// <summary>What opens the card for writing: its secret code. A card from the factory gets one of its own.</summary>
    private static CardCommand[] Opening(MeterCardTask task, MeterCardKeys keys, bool fresh)
    {
        var code = keys.SecretCode(task.Serial!.Value);
        CardCommand select = new(MeterCardCommands.Select);
        return fresh
            ?
            [
                select,
                new(MeterCardCommands.Verify(MeterCardCommands.FactoryCode), Commit: true),
                new(MeterCardCommands.Change(code), Commit: true),
            ]
            : [select, new(MeterCardCommands.Verify(code), Commit: true)];
    }

    private static ScriptStep WasWritten(MeterCardState state, CardReport report)
    {
        var opening = state.Task.MakesNew ? 3 : 2;
        if (CodeRefused(report) is { } refused)
        {
            return Release(state, refused, new SecretRefused(refused.Code));
        }

        // The code was not even sent: nothing can have been written.
        if (report.Answers.Count < 2 && (report.Failure is null or { CommandIndex: < 1 }))
        {
            return Release(state, Stopped(report));
        }

        var first = state.Writes![0];
        if (Data(report, opening + 1) is not { } back || !back.AsSpan().SequenceEqual(first.Content))
        {
            return Over(state, Uncertain(report));
        }

        var rest = state.Writes.Skip(1).ToList();
        return rest.Count == 0 ? Confirm(state) : Complete(state, [], rest);
    }

    private static ScriptStep.Send Complete(MeterCardState state, IEnumerable<CardCommand> opening, IEnumerable<CardWrite> rest) =>
        new(
            state with
            {
                Phase = MeterCardPhase.Complete,
            },
            [.. opening, .. rest.Select(w => new CardCommand(MeterCardCommands.Update(w), Commit: true)), .. Reading[1..]]
        );

    private static ScriptStep WasCompleted(MeterCardState state, CardReport report)
    {
        if (CodeRefused(report) is { } refused)
        {
            // A card that is made new and was torn before it had its own code: nothing is on it.
            return state.Task.MakesNew ? Release(state, refused) : Over(state, refused with { State = CardOutcomeState.Unknown });
        }

        return ImageAtEnd(report) is { } image && state.Writes!.All(w => w.IsIn(image)) ? Confirm(state) : Over(state, Uncertain(report));
    }

    private static ScriptStep WasReadAgain(MeterCardState state, MeterCardKeys keys, CardReport report)
    {
        if (Image(report) is not { } image)
        {
            return Over(state, Uncertain(report));
        }

        if (state.Writes is not { } writes)
        {
            return Release(state, NotWritten);
        }

        if (!state.Task.MakesNew && image.Serial != state.Task.Serial)
        {
            return Over(state, NotExpected(CardOutcomeState.Unknown));
        }

        var missing = writes.Where(w => !w.IsIn(image)).ToList();
        // Writes go in order: where the last one is there, all were, and a meter may have written back since.
        var ended = !state.Task.Recycles && state.Task.Erased is null && writes[0].IsIn(image) && writes[^1].IsIn(image);
        if (missing.Count == 0 || ended)
        {
            return Confirm(state);
        }

        // A card of ours that is not this one; or this one, whose own code may be set already.
        if (state.Task.MakesNew)
        {
            return image.Serial is null
                ? Complete(state, Opening(state.Task, keys, fresh: false), writes)
                : Over(state, NotExpected(CardOutcomeState.Unknown));
        }

        return writes[0].IsIn(image) ? Complete(state, Opening(state.Task, keys, fresh: false), missing) : Release(state, NotWritten);
    }

    private static ScriptStep.Book Confirm(MeterCardState state) =>
        new(state with { Phase = MeterCardPhase.Confirm }, new BookingPoint.Done(ConfirmedBy.ReadBack));

    private static ScriptStep.Book Release(MeterCardState state, CardOutcome refusal, BookingPoint? point = null) =>
        new(state with { Phase = MeterCardPhase.Release, Refusal = refusal }, point ?? new BookingPoint.Released(refusal.Code));

    private static ScriptStep.Finish Over(MeterCardState state, CardOutcome outcome) =>
        new(state with { Phase = MeterCardPhase.Over, Before = null }, outcome);

    private static CardOutcome NotWritten => new(CardOutcomeState.NotDone, "card-not-written", "The card holds what it held before.");

    private static CardOutcome NotExpected(CardOutcomeState state) =>
        new(state, "card-not-expected", "The card in the reader does not belong to this operation.");

    private static CardOutcome Stopped(CardReport report)
    {
        var (code, message) = Reason(report);
        return new(CardOutcomeState.NotDone, code, message);
    }

    private static CardOutcome Uncertain(CardReport report)
    {
        var (code, message) = Reason(report);
        return new(CardOutcomeState.Unknown, code, $"{message} Read the card again to settle it.");
    }

    private static (string Code, string Message) Reason(CardReport report) =>
        report.Failure is { } failure
            ? (
                failure.Kind switch
                {
                    "card-removed" or "card-reset" or "agent-restarted" => failure.Kind,
                    "timeout" => "card-operation-timed-out",
                    _ => "card-no-answer",
                },
                $"The card did not answer ({failure.Kind})."
            )
        : report.Answers.Count > 0 && report.Answers[^1].StatusWord != Done
            ? ("card-refused", $"The card refused with status {report.Answers[^1].StatusWord}.")
        : ("card-no-answer", "The card did not answer as expected.");

    /// <summary>The card's secret code was wrong: said by the second command, which carries it.</summary>
    private static CardOutcome? CodeRefused(CardReport report) =>
        report.Failure is null
        && report.Answers.Count == 2
        && (report.Answers[1].StatusWord.StartsWith("63C", StringComparison.Ordinal) || report.Answers[1].StatusWord == "6983")
            ? new(
                CardOutcomeState.NotDone,
                "card-secret-code-wrong",
                $"The card refuses its secret code (status {report.Answers[1].StatusWord}). It is not tried again."
            )
            : null;

    private static MeterCardImage? Image(CardReport report) =>
        Data(report, 1) is { Length: MeterCardCommands.Half } first && Data(report, 2) is { Length: MeterCardCommands.Half } second
            ? new([.. first, .. second])
            : null;

    private static MeterCardImage? ImageAtEnd(CardReport report)
    {
        var last = report.Answers.Count - 1;
        return
            report.Failure is null
            && last >= 1
            && Data(report, last - 1) is { Length: MeterCardCommands.Half } first
            && Data(report, last) is { Length: MeterCardCommands.Half } second
            ? new([.. first, .. second])
            : null;
    }

    private static byte[]? Data(CardReport report, int index)
    {
        if (
            index >= report.Answers.Count
            || report.Failure?.CommandIndex == index
            || report.Answers[index] is not { StatusWord: Done } answer
        )
        {
            return null;
        }

        var bytes = new byte[answer.Data.Length / 2];
        return Convert.FromHexString(answer.Data, bytes, out _, out _) == OperationStatus.Done ? bytes : null;
    }

    /// <summary>The card was read: decide now by what is on it. A refusal ends the operation, and nothing is written.</summary>
    public sealed record Seen(MeterCardImage Image) : BookingPoint;

    /// <summary>The card refused its secret code: it is not written to any more.</summary>
    public sealed record SecretRefused(string Code) : BookingPoint;
}
