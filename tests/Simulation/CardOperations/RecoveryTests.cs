using Hardware.Simulators.Stations;

namespace Simulation.CardOperations;

/// <summary>Loads of unknown end whose card was used before it came back.</summary>
public sealed class RecoveryTests
{
    private const int Commit = 6;
    private static readonly DateTime Noon = new(2026, 5, 1, 12, 0, 0);

    [Fact]
    public void A_load_that_was_done_is_confirmed_by_the_chips_proof()
    {
        var counter = Torn(after: true);

        Assert.Equal(CardOutcomeState.Confirmed, counter.Recover().State);
        Assert.Equal(ConfirmedBy.Proof, LastConfirmation(counter).By);
        Assert.Equal(40_000, counter.Ledger.CardAccount);
    }

    [Fact]
    public void A_load_that_was_done_and_spent_from_is_confirmed_by_the_log_and_marked_so()
    {
        var counter = Torn(after: true);
        Buy(counter, 5_000);

        Assert.Equal(CardOutcomeState.Confirmed, counter.Recover().State);
        Assert.Equal(ConfirmedBy.Log, LastConfirmation(counter).By);
        Assert.Null(LastConfirmation(counter).Proof);

        // The card account is the one after the load; the purchase comes with the station's records.
        Assert.Equal(40_000, counter.Ledger.CardAccount);
    }

    [Fact]
    public void A_load_that_was_not_done_is_released_although_purchases_changed_the_balance()
    {
        var counter = Torn(after: false);
        Buy(counter, 1_000);
        Buy(counter, 2_500);

        Assert.Equal(CardOutcomeState.NotDone, counter.Recover().State);
        Assert.Null(counter.Ledger.Hold);
        Assert.Equal(10_000, counter.Ledger.CardAccount);
    }

    [Fact]
    public void A_load_that_was_done_long_ago_and_has_left_the_log_is_for_a_person()
    {
        var counter = Torn(after: true);
        for (var i = 0; i < counter.Profile.Money.LogRecords; i++)
        {
            Buy(counter, 10);
        }

        Assert.Equal((CardOutcomeState.Exception, "card-unexplained"), (counter.Recover().State, counter.Recover().Code));
        Assert.NotNull(counter.Ledger.Hold);
    }

    [Fact]
    public void Another_card_in_the_reader_settles_nothing()
    {
        var counter = Torn(after: true);
        var another = Counter.WithBlankCard();
        another.Issue("1000110000000026");

        var outcome = another.Run(Counter.Scripts.Recover(counter.Last!, another.Context));

        Assert.Equal((CardOutcomeState.Unknown, "card-not-expected"), (outcome.State, outcome.Code));
    }

    [Fact]
    public void A_changed_PIN_leaves_it_unknown_and_the_right_one_settles_it()
    {
        var counter = Torn(after: false);
        counter.Context = counter.Context with { Pin = "654321" };
        Assert.Equal((CardOutcomeState.Unknown, "card-pin-wrong"), Ended(counter.Recover()));

        counter.Context = counter.Context with { Pin = null };
        Assert.Equal(CardOutcomeState.NotDone, counter.Recover().State);
    }

    [Fact]
    public void An_operation_whose_commit_was_never_handed_out_is_released_without_its_card()
    {
        var counter = Counter.WithIssuedCard();
        var step = PurseScript.Start(
            new(PurseDirection.Load, Platform.Cards.Cryptography.Profiles.CardApplication.Money, counter.Serial, 100, Counter.Terminal),
            counter.Context
        );
        while (step is ScriptStep.Send send)
        {
            step = Counter.Scripts.Next(send.State, counter.Context, counter.Carry(send.Commands));
        }

        var authorised = (ScriptStep.Book)step;
        counter.Ledger.Book(authorised.Point);

        Assert.Equal(CardOutcomeState.NotDone, counter.Run(Counter.Scripts.Recover(authorised.State, counter.Context)).State);
        Assert.Null(counter.Ledger.Hold);
    }

    [Fact]
    public void A_second_settlement_of_a_confirmed_load_gives_the_same_counter_so_the_books_can_refuse_it()
    {
        var counter = Torn(after: true);
        var unknown = counter.Last!;
        counter.Recover();
        var first = LastConfirmation(counter);

        counter.Chip.PowerOn();
        var step = (ScriptStep.Send)Counter.Scripts.Recover(unknown, counter.Context);
        var again = (ScriptStep.Book)Counter.Scripts.Next(step.State, counter.Context, counter.Carry(step.Commands));

        Assert.Equal(first, again.Point);
    }

    private static (CardOutcomeState, string) Ended(CardOutcome outcome) => (outcome.State, outcome.Code);

    private static PurseScript.Done LastConfirmation(Counter counter) => counter.Ledger.Points.OfType<PurseScript.Done>().Last();

    private static void Buy(Counter counter, uint amount)
    {
        counter.Chip.PowerOn();
        new SimulatedStation(counter.Context.Keys, "000000000001").Buy(counter.Chip, amount, Noon);
    }

    private static Counter Torn(bool after)
    {
        var counter = Counter.WithIssuedCard();
        Assert.Equal(CardOutcomeState.Confirmed, counter.Load(10_000).State);
        counter.Chip.Hooks.Arm();
        counter.Chip.Hooks.TearBeforeCommit = after ? null : Commit;
        counter.Chip.Hooks.TearAfterCommit = after ? Commit : null;
        Assert.Equal(CardOutcomeState.Unknown, counter.Load(30_000).State);
        Assert.NotNull(counter.Ledger.Hold);
        return counter;
    }
}
