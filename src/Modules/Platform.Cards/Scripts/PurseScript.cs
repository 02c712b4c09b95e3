using Platform.Cards.Cryptography;
using Platform.Cards.Operations;

namespace Platform.Cards.Scripts;

/// <summary>
/// Load (FC-15), unload (FC-19) and payments straight into the purse (FC-09.7, FC-16), for money and for points: the card is identified, INITIALIZE
/// shows its balance, counter and MAC1, the hold is booked, and only then MAC2 leaves the server. A failure before that is "not done"; from
/// then on only the chip's TAC or MAC3 counts, and without it the end is unknown (<see cref="PurseRecovery"/>).
/// </summary>
public sealed class PurseScript() : CardScript<PurseState>("purse")
{
    private const byte Grey = 1;

    /// <summary>
    /// The first commands: is this the card, and is it free? With <paramref name="paysFirst"/> the first answer of the card, or its absence, asks
    /// for the payment to be booked (<see cref="Received"/>), so that no end of the operation loses it.
    /// </summary>
    public static ScriptStep Start(PurseOrder order, ScriptContext context, bool paysFirst = false)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(context);
        var application = context.Keys.Profile.Application(order.Application);
        if (order.Amount < 1 || order.Amount > application.MaximumBalance)
        {
            throw new ArgumentException($"An amount is 1 to {application.MaximumBalance}.", nameof(order));
        }

        List<CardCommand> commands = [new(CardApdus.Select(application)), new(CardApdus.ReadPublic(application))];
        if (application.GreyLock)
        {
            commands.Add(new(CardApdus.GetLockProof));
        }

        return new ScriptStep.Send(new PurseState(order, paysFirst ? PursePhase.Receive : PursePhase.Identify), commands);
    }

    protected internal override ScriptStep Next(PurseState state, ScriptContext context, CardReport report) =>
        state.Phase switch
        {
            PursePhase.Receive => new ScriptStep.Book(state with { Met = report }, new Received()),
            PursePhase.Identify => Identified(state, context, report),
            PursePhase.Initialise => Initialised(state, context, report),
            PursePhase.Commit => Committed(state, context, report),
            PursePhase.Recheck => Rechecked(state, context, report),

            // The hold is booked but the commit never left the server: whatever happened, the chip has not done it.
            PursePhase.Authorise => Release(state, CardRefusals.Stopped(report)),
            _ => throw new InvalidOperationException($"A purse operation in phase {state.Phase} expects no answers."),
        };

    protected internal override ScriptStep Resume(PurseState state, ScriptContext context) =>
        state.Phase switch
        {
            PursePhase.Receive => Identified(state with { Phase = PursePhase.Identify, Met = null }, context, state.Met!),
            PursePhase.Authorise => Commit(state, context),
            PursePhase.Confirm => Over(state, CardRefusals.Confirmed("card-done", "The chip has done it and proved it.")),
            PursePhase.Release => Over(state, state.Refusal!),
            _ => throw new InvalidOperationException($"A purse operation in phase {state.Phase} waits for no booking."),
        };

    /// <summary>One whose commit was never handed out is released without its card.</summary>
    protected internal override ScriptStep Recover(PurseState unfinished, ScriptContext context)
    {
        ArgumentNullException.ThrowIfNull(unfinished);
        return unfinished.Phase < PursePhase.Commit
            ? Next(unfinished, context, CardReport.TimedOut)
            : PurseRecovery.Start(unfinished.Order, unfinished.Known, context);
    }

    protected internal override ChipAttempt? Attempt(PurseState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Attempt is { } attempt ? ChipAttempt.Of(state.Order, attempt) : null;
    }

    protected internal override BookingPoint.Confirmed Settled(PurseState state, bool afterRelease) =>
        Settlement(Attempt(state), afterRelease);

    private static ScriptStep Identified(PurseState state, ScriptContext context, CardReport report)
    {
        var application = context.Keys.Profile.Application(state.Order.Application);
        if (report.Data(1, PublicFile.Size) is not { } file)
        {
            return Over(state, CardRefusals.Stopped(report));
        }

        if (PublicFile.Decode(file)?.ApplicationSerial != state.Order.Serial)
        {
            return Over(state, CardRefusals.WrongCard(CardOutcomeState.NotDone));
        }

        if (application.GreyLock)
        {
            if (report.Data(2, atLeast: 1) is not { } proof)
            {
                return Over(state, CardRefusals.Stopped(report));
            }

            if (proof[0] == Grey)
            {
                return Over(
                    state,
                    CardRefusals.NotDone("card-grey-locked", "A station has locked the card for a fill that is not settled.")
                );
            }
        }

        return new ScriptStep.Send(
            state with
            {
                Phase = PursePhase.Initialise,
            },
            [new(CardApdus.Verify(Pin(context))), new(Initialize(state.Order, application))]
        );
    }

    private static ScriptStep Initialised(PurseState state, ScriptContext context, CardReport report)
    {
        if (Scripts.Initialised.Decode(report.Data(1)) is not { } card)
        {
            return Over(state, CardRefusals.Stopped(report));
        }

        if (!PurseProofs.IsGenuine(context.Keys, state.Order, card))
        {
            return Over(state, CardRefusals.NotDone("card-not-genuine", "The card's MAC1 is wrong."));
        }

        var attempt = new PurseAttempt(
            card.Balance,
            card.Counter,
            Convert.ToHexString(card.Random),
            Convert.ToHexString(CardTime.Encode(context.LocalTime))
        );
        var after = attempt.BalanceAfter(state.Order);
        if (after < 0 || after > context.Keys.Profile.Application(state.Order.Application).MaximumBalance)
        {
            return Over(state, CardRefusals.NotDone("card-refused-amount", "The purse's balance does not allow this amount."));
        }

        return new ScriptStep.Book(state with { Phase = PursePhase.Authorise, Attempt = attempt }, new Authorised(state.Order, attempt));
    }

    private static ScriptStep.Send Commit(PurseState state, ScriptContext context)
    {
        var header = state.Order.Direction == PurseDirection.Load ? "80520000" : "80540300";
        var mac2 = PurseProofs.Mac2(context.Keys, state.Order, state.Known);
        var command = new CardCommand($"{header}0B{state.Known.Time}{mac2:X8}", Commit: true);
        return new(state with { Phase = PursePhase.Commit }, [command]);
    }

    private static ScriptStep Committed(PurseState state, ScriptContext context, CardReport report)
    {
        if (report.Answer(0) is not { } answer)
        {
            return Over(state, CardRefusals.Uncertain(report));
        }

        if (!answer.Done)
        {
            return Recheck(state, context, report);
        }

        var expected = $"{PurseProofs.Expected(context.Keys, state.Order, state.Known):X8}";
        if (!string.Equals(answer.Data, expected, StringComparison.OrdinalIgnoreCase))
        {
            return Over(
                state,
                CardRefusals.Unknown("card-proof-wrong", "The card says done, but its proof is wrong. Read the card again.")
            );
        }

        return new ScriptStep.Book(
            state with
            {
                Phase = PursePhase.Confirm,
            },
            Confirmation(state.Order, state.Known, ConfirmedBy.Answer, expected)
        );
    }

    // A refusal of the commit is believed only after the chip shows that it counted nothing.
    private static ScriptStep.Send Recheck(PurseState state, ScriptContext context, CardReport report)
    {
        var application = context.Keys.Profile.Application(state.Order.Application);
        var refusal = CardRefusals.Stopped(report) with { State = CardOutcomeState.Rejected };
        return new(
            state with
            {
                Phase = PursePhase.Recheck,
                Refusal = refusal,
            },
            [
                new(CardApdus.Select(application)),
                new(CardApdus.Verify(Pin(context))),
                new(CardApdus.InitializeLoad(application, 0, state.Order.Terminal)),
            ]
        );
    }

    private static ScriptStep Rechecked(PurseState state, ScriptContext context, CardReport report)
    {
        var unchanged =
            Scripts.Initialised.Decode(report.Data(2)) is { } card
            && PurseProofs.IsGenuine(context.Keys, Reading(state.Order), card)
            && card.Counter == state.Known.Counter
            && card.Balance == state.Known.BalanceBefore;
        return unchanged
            ? Release(state, state.Refusal!)
            : Over(
                state,
                CardRefusals.Unknown("card-end-unknown", "The card refused, but could not be seen to be unchanged. Read the card again.")
            );
    }

    private static ScriptStep.Book Release(PurseState state, CardOutcome refusal) =>
        new(state with { Phase = PursePhase.Release, Refusal = refusal }, new BookingPoint.Released(refusal.Code));

    /// <summary>INITIALIZE FOR LOAD of nothing: the way to read balance and counter under a MAC, for either direction.</summary>
    internal static PurseOrder Reading(PurseOrder order) => order with { Direction = PurseDirection.Load, Amount = 0 };

    internal static string Pin(ScriptContext context) => context.Pin ?? context.Keys.Profile.InitialPin;

    internal static Done Confirmation(PurseOrder order, PurseAttempt attempt, ConfirmedBy by, string? proof) =>
        new(by, attempt.BalanceAfter(order), attempt.CounterAfter, proof, order.Application);

    internal static Done Settlement(ChipAttempt? attempt, bool afterRelease) =>
        new(
            ConfirmedBy.Settlement,
            Counter: attempt?.CounterAfter,
            Application: attempt?.Application ?? default,
            AfterRelease: afterRelease
        );

    private static string Initialize(PurseOrder order, ApplicationProfile application) =>
        order.Direction == PurseDirection.Load
            ? CardApdus.InitializeLoad(application, order.ChipAmount, order.Terminal)
            : CardApdus.InitializeUnload(application, order.ChipAmount, order.Terminal);

    private static ScriptStep.Finish Over(PurseState state, CardOutcome outcome) => new(state with { Phase = PursePhase.Over }, outcome);

    /// <summary>Whatever the chip says, the customer has paid; book the payment.</summary>
    public sealed record Received : BookingPoint;

    /// <summary>MAC1 is verified; take the hold now, before MAC2 leaves the server. Amounts in fen or points.</summary>
    public sealed record Authorised(PurseOrder Order, PurseAttempt Attempt) : BookingPoint;

    /// <summary>
    /// A chip has done it: its purse's balance after it, in fen or points, and the online counter after it, as far as they are known.
    /// </summary>
    public sealed record Done(
        ConfirmedBy By,
        long? BalanceAfter = null,
        int? Counter = null,
        string? Proof = null,
        CardApplication Application = CardApplication.Money,
        bool AfterRelease = false
    ) : BookingPoint.Confirmed(By, AfterRelease);
}
