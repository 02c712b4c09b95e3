namespace Simulation.CardOperations;

/// <summary>
/// The card is torn out at every command of an operation, before and after the chip's commit. Whatever is known then, after the card is read
/// again the books and the chip agree, and the commit has left the server at most once per operation.
/// </summary>
public sealed class TearTests
{
    private const int Enough = 200;

    [Theory]
    [InlineData(CardApplication.Money)]
    [InlineData(CardApplication.Points)]
    public void A_load_torn_at_any_command_ends_booked_or_not_as_the_chip_did(CardApplication application) =>
        TearEverywhere(counter => counter.Load(30_000, application), application, changesBy: 30_000);

    [Fact]
    public void An_unload_torn_at_any_command_ends_booked_or_not_as_the_chip_did() =>
        TearEverywhere(counter => counter.Unload(10_000), CardApplication.Money, changesBy: -10_000);

    [Fact]
    public void An_issue_torn_at_any_command_ends_issued_and_booked_or_blank_and_released()
    {
        var (issued, blank, apdus) = (0, 0, CountApdus(Counter.WithBlankCard(), counter => counter.Issue()));
        Assert.InRange(apdus, 50, Enough);
        foreach (var (apdu, after) in Places(apdus))
        {
            var counter = Counter.WithBlankCard();
            Arm(counter, apdu, after);
            var outcome = Settle(counter, counter.Issue());

            var card = counter.Read();
            var isIssued = card.Kind == CardKind.Issued;
            Assert.Equal(isIssued ? CardOutcomeState.Confirmed : CardOutcomeState.NotDone, outcome.State);
            Assert.Equal(isIssued, counter.Ledger.Issued);
            Assert.False(counter.Ledger.Reserved, $"APDU {apdu} left a reservation.");
            _ = isIssued ? issued++ : blank++;
        }

        Assert.True(issued > 0 && blank > 0, "Both ends must occur.");
    }

    [Fact]
    public void A_card_torn_while_it_was_written_can_be_issued_again_under_another_number()
    {
        const string other = "1000110000000026";
        foreach (var (apdu, after) in Places(CountApdus(Counter.WithBlankCard(), counter => counter.Issue())))
        {
            var counter = Counter.WithBlankCard();
            Arm(counter, apdu, after);
            if (Settle(counter, counter.Issue()).State == CardOutcomeState.Confirmed)
            {
                continue;
            }

            counter.Chip.PowerOn();
            Assert.Equal(CardOutcomeState.Confirmed, counter.Issue(other).State);
            Assert.Equal(other, counter.Read().CardNumber);
        }
    }

    [Fact]
    public void A_restriction_torn_at_any_command_is_settled_by_writing_it_again()
    {
        var file = new Platform.Cards.Cryptography.Layouts.RestrictionFile { FillsPerDay = 3 };
        var apdus = CountApdus(
            Counter.WithIssuedCard(),
            counter => counter.Run(RestrictScript.Start(counter.Serial, file, counter.Context))
        );
        foreach (var (apdu, after) in Places(apdus))
        {
            var counter = Counter.WithIssuedCard();
            Arm(counter, apdu, after);
            var outcome = counter.Run(RestrictScript.Start(counter.Serial, file, counter.Context));
            if (outcome.State == CardOutcomeState.Unknown)
            {
                Assert.Equal(CardOutcomeState.Confirmed, counter.Recover().State);
            }

            var written = counter.Read().Restrictions!.FillsPerDay == 3;
            Assert.Equal(written, outcome.State is CardOutcomeState.Confirmed or CardOutcomeState.Unknown);
        }
    }

    [Fact]
    public void A_restriction_of_unknown_end_stays_unknown_while_its_card_cannot_be_read()
    {
        var counter = Counter.WithIssuedCard();
        var file = new Platform.Cards.Cryptography.Layouts.RestrictionFile { FillsPerDay = 3 };
        Arm(counter, apdu: 4, after: true);
        Assert.Equal(CardOutcomeState.Unknown, counter.Run(RestrictScript.Start(counter.Serial, file, counter.Context)).State);

        Arm(counter, apdu: 2, after: true);
        Assert.Equal(CardOutcomeState.Unknown, counter.Recover().State);
        Assert.Equal(CardOutcomeState.Confirmed, counter.Recover().State);
    }

    [Fact]
    public void A_torn_card_whose_settling_is_torn_too_is_settled_the_next_time()
    {
        foreach (var after in new[] { false, true })
        {
            var probe = Loaded();
            var commit = CountApdus(probe, counter => counter.Load(30_000));
            for (var again = 1; again <= 12; again++)
            {
                var counter = Loaded();
                Arm(counter, commit, after);
                Assert.Equal(CardOutcomeState.Unknown, counter.Load(30_000).State);

                counter.Chip.PowerOn();
                Arm(counter, again, after);
                var outcome = Settle(counter, counter.Recover());
                AssertAgree(counter, outcome, before: 40_000, changesBy: 30_000, CardApplication.Money, commit);
            }
        }
    }

    private static void TearEverywhere(Func<Counter, CardOutcome> operation, CardApplication application, long changesBy)
    {
        const long before = 40_000;
        var (done, not) = (0, 0);
        var apdus = CountApdus(Loaded(application), operation);
        foreach (var (apdu, after) in Places(apdus))
        {
            var counter = Loaded(application);
            counter.Commits.Clear();
            Arm(counter, apdu, after);
            var outcome = Settle(counter, operation(counter));

            AssertAgree(counter, outcome, before, changesBy, application, apdu);
            Assert.True(counter.Commits.Count <= 1, "The commit left twice.");
            _ = outcome.State == CardOutcomeState.Confirmed ? done++ : not++;
        }

        Assert.Equal(1, done);
        Assert.Equal((2 * apdus) - 1, not);
    }

    private static void AssertAgree(
        Counter counter,
        CardOutcome outcome,
        long before,
        long changesBy,
        CardApplication application,
        int apdu
    )
    {
        var card = counter.Read();
        var onChip = application == CardApplication.Money ? card.Balance : card.Points;
        var isDone = onChip == before + changesBy;
        Assert.True(isDone || onChip == before, $"APDU {apdu}: the chip holds {onChip}.");
        Assert.Equal(isDone ? CardOutcomeState.Confirmed : CardOutcomeState.NotDone, outcome.State);
        Assert.Equal(onChip, counter.Ledger.CardAccount);
        Assert.Null(counter.Ledger.Hold);
    }

    private static CardOutcome Settle(Counter counter, CardOutcome outcome)
    {
        for (var tries = 0; outcome.State == CardOutcomeState.Unknown && tries < 3; tries++)
        {
            outcome = counter.Recover();
        }

        return outcome;
    }

    private static Counter Loaded(CardApplication application = CardApplication.Money)
    {
        var counter = Counter.WithIssuedCard();
        Assert.Equal(CardOutcomeState.Confirmed, counter.Load(40_000, application).State);
        return counter;
    }

    private static int CountApdus(Counter counter, Func<Counter, CardOutcome> operation)
    {
        counter.Chip.Hooks.Arm();
        Assert.Equal(CardOutcomeState.Confirmed, operation(counter).State);
        return counter.Chip.Hooks.Count;
    }

    private static IEnumerable<(int Apdu, bool After)> Places(int apdus) =>
        from apdu in Enumerable.Range(1, apdus)
        from after in new[] { false, true }
        select (apdu, after);

    private static void Arm(Counter counter, int apdu, bool after)
    {
        counter.Chip.Hooks.Arm();
        counter.Chip.Hooks.TearBeforeCommit = after ? null : apdu;
        counter.Chip.Hooks.TearAfterCommit = after ? apdu : null;
    }
}
