using Hardware.Simulators.Stations;
using Platform.Cards.Cryptography.Layouts;
using Simulation.Chip;

namespace Simulation.CardOperations;

public sealed class RefusalTests
{
    private static readonly DateTime Noon = new(2026, 5, 1, 12, 0, 0);

    [Fact]
    public void A_card_that_is_issued_already_is_refused_before_anything_is_booked_or_written()
    {
        var counter = Counter.WithIssuedCard();
        counter.Ledger.Points.Clear();

        var outcome = counter.Issue("1000110000000026");

        Assert.Equal((CardOutcomeState.NotDone, "card-not-blank"), (outcome.State, outcome.Code));
        Assert.Empty(counter.Ledger.Points);
        Assert.Equal(Counter.CardNumber, counter.Read().CardNumber);
    }

    [Fact]
    public void A_blank_card_whose_application_is_blocked_is_refused()
    {
        var bench = Blocked("841E0000");
        var counter = new Counter(bench.Chip);

        Assert.Equal("card-blocked", counter.Issue().Code);
        Assert.Equal(CardKind.Blocked, counter.Read().Kind);
        Assert.Empty(counter.Ledger.Points);
    }

    [Fact]
    public void A_card_that_is_blocked_for_ever_is_refused()
    {
        var bench = Blocked("84160000");
        var counter = new Counter(bench.Chip);

        Assert.Equal("card-blocked", counter.Issue().Code);
        Assert.Equal(CardKind.Blocked, counter.Read().Kind);
        Assert.Equal("card-blocked", counter.Run(CardSessionScript.Start(counter.Context)).Code);
    }

    [Fact]
    public void A_card_of_another_kind_is_foreign()
    {
        var other = IssuerProfile.Demo with { Money = IssuerProfile.Demo.Money with { Aid = "D156000001" } };
        var counter = new Counter(VirtualChip.CreateBlank(other));

        Assert.Equal("card-foreign", counter.Issue().Code);
        Assert.Equal(CardKind.Foreign, counter.Read().Kind);
    }

    [Fact]
    public void A_card_with_foreign_keys_is_given_up_and_its_reservation_released()
    {
        var other = IssuerProfile.Demo with { TransportKey = "39393939393939393939393939393939" };
        var counter = new Counter(VirtualChip.CreateBlank(other));

        Assert.Equal(CardOutcomeState.NotDone, counter.Issue().State);
        Assert.False(counter.Ledger.Reserved);
        Assert.IsType<BookingPoint.Released>(counter.Ledger.Points[^1]);
    }

    [Fact]
    public void A_load_is_refused_to_another_card_than_the_operations()
    {
        var counter = Counter.WithBlankCard();
        counter.Issue("1000110000000026");
        counter.Ledger.Points.Clear();

        var outcome = counter.Load(10_000);

        Assert.Equal((CardOutcomeState.NotDone, "card-not-expected"), (outcome.State, outcome.Code));
        Assert.Empty(counter.Ledger.Points);
    }

    [Fact]
    public void A_load_is_refused_to_a_card_that_a_station_has_locked()
    {
        var counter = Counter.WithIssuedCard();
        counter.Load(10_000);
        new SimulatedStation(counter.Context.Keys, "000000000001").Lock(counter.Chip, Noon);

        Assert.Equal("card-grey-locked", counter.Load(10_000).Code);
        Assert.Null(counter.Ledger.Hold);
        Assert.Equal(1, counter.Read().GreyState);
    }

    [Fact]
    public void A_wrong_PIN_costs_a_try_and_nothing_else()
    {
        var counter = Counter.WithIssuedCard();
        counter.Context = counter.Context with { Pin = "654321" };

        Assert.Equal("card-pin-wrong", counter.Load(10_000).Code);
        Assert.Equal("card-pin-wrong", counter.Load(10_000).Code);
        Assert.Equal("card-pin-wrong", counter.Load(10_000).Code);
        Assert.Equal("card-pin-blocked", counter.Load(10_000).Code);
        Assert.Null(counter.Ledger.Hold);
    }

    [Fact]
    public void A_load_over_the_purses_limit_is_refused_before_the_hold()
    {
        var counter = Counter.WithIssuedCard();
        counter.Load(counter.Profile.Money.MaximumBalance - 1);
        counter.Ledger.Points.Clear();

        Assert.Equal("card-refused-amount", counter.Load(2).Code);
        Assert.Empty(counter.Ledger.Points);
        Assert.Equal(CardOutcomeState.Confirmed, counter.Load(1).State);
    }

    [Fact]
    public void An_unload_of_more_than_the_purse_holds_is_refused_before_the_hold()
    {
        var counter = Counter.WithIssuedCard();
        counter.Load(500);

        Assert.Equal("card-balance-too-low", counter.Unload(501).Code);
        Assert.Null(counter.Ledger.Hold);
    }

    [Theory]
    [InlineData(0x9302)]
    [InlineData(0x6985)]
    public void A_commit_that_the_chip_refuses_is_rejected_once_the_chip_shows_that_it_changed_nothing(int status)
    {
        var counter = Counter.WithIssuedCard();
        OverrideCommit(counter, (ushort)status);

        Assert.Equal(CardOutcomeState.Rejected, counter.Load(10_000).State);
        Assert.Null(counter.Ledger.Hold);
        Assert.Equal(0, counter.Read().Balance);
    }

    [Fact]
    public void A_refused_commit_stays_unknown_when_the_chip_has_counted_although_its_balance_is_the_same()
    {
        var counter = Counter.WithIssuedCard();
        counter.Load(10_000);
        OverrideCommit(counter, 0x6581);
        var step = PurseScript.Start(Order(counter, 10_000), counter.Context);
        while (step is not ScriptStep.Send { State: PurseState { Phase: PursePhase.Recheck } })
        {
            step = step is ScriptStep.Send s
                ? Counter.Scripts.Next(s.State, counter.Context, counter.Carry(s.Commands))
                : Counter.Scripts.Resume(((ScriptStep.Book)step).State, counter.Context);
        }

        var recheck = (ScriptStep.Send)step;
        var state = (PurseState)recheck.State;
        var earlier = state with { Attempt = state.Attempt! with { Counter = state.Attempt.Counter - 1 } };

        var end = Counter.Scripts.Next(earlier, counter.Context, counter.Carry(recheck.Commands));

        Assert.Equal(CardOutcomeState.Unknown, Assert.IsType<ScriptStep.Finish>(end).Outcome.State);
    }

    [Fact]
    public void A_refused_commit_of_an_issue_releases_the_reservation()
    {
        var probe = Counter.WithBlankCard();
        probe.Chip.Hooks.Arm();
        probe.Issue();
        var counter = Counter.WithBlankCard();

        // After the commit come the eight commands of the read-back.
        counter.Chip.Hooks.OverrideStatus(probe.Chip.Hooks.Count - 8, 0x6581);

        Assert.Equal(CardOutcomeState.Rejected, counter.Issue().State);
        Assert.False(counter.Ledger.Reserved);
        Assert.Equal(CardKind.Blank, counter.Read().Kind);
    }

    [Fact]
    public void A_load_whose_MAC1_is_wrong_books_nothing()
    {
        var counter = Counter.WithIssuedCard();
        var identify = (ScriptStep.Send)PurseScript.Start(Order(counter, 10_000), counter.Context);
        var initialise = (ScriptStep.Send)Counter.Scripts.Next(identify.State, counter.Context, counter.Carry(identify.Commands));
        var report = counter.Carry(initialise.Commands);
        var answer = report.Answers[1];
        var forged = report with { Answers = [report.Answers[0], answer with { Data = $"000F4240{answer.Data[8..]}" }] };

        var step = Counter.Scripts.Next(initialise.State, counter.Context, forged);

        Assert.Equal("card-not-genuine", Assert.IsType<ScriptStep.Finish>(step).Outcome.Code);
    }

    [Fact]
    public void A_load_that_the_card_says_is_done_with_a_wrong_TAC_stays_unknown_until_the_card_proves_it()
    {
        var counter = Counter.WithIssuedCard();
        var step = PurseScript.Start(Order(counter, 10_000), counter.Context);
        while (step is not ScriptStep.Send { Commands: [{ Commit: true }] })
        {
            step = step is ScriptStep.Send s
                ? Counter.Scripts.Next(s.State, counter.Context, counter.Carry(s.Commands))
                : Counter.Scripts.Resume(((ScriptStep.Book)step).State, counter.Context);
        }

        var commit = (ScriptStep.Send)step;
        counter.Carry(commit.Commands);
        var forged = Counter.Scripts.Next(commit.State, counter.Context, new([new("00000000", "9000")]));
        var unknown = Assert.IsType<ScriptStep.Finish>(forged);
        Assert.Equal((CardOutcomeState.Unknown, "card-proof-wrong"), (unknown.Outcome.State, unknown.Outcome.Code));

        counter.Ledger.Book(new PurseScript.Authorised(Order(counter, 10_000), ((PurseState)unknown.State).Attempt!));
        Assert.Equal(CardOutcomeState.Confirmed, counter.Run(Counter.Scripts.Recover(unknown.State, counter.Context)).State);
        Assert.Equal(10_000, counter.Ledger.CardAccount);
    }

    [Fact]
    public void Restrictions_are_written_and_read_back()
    {
        var counter = Counter.WithIssuedCard();
        var file = new RestrictionFile
        {
            OilTypes = 0x0003,
            AreaType = AreaType.Station,
            Areas = ["11010001", "11010002"],
            FillsPerDay = 2,
            AmountPerDay = 80_000,
            VolumePerFill = 60,
            Plate = "京A12345",
        };

        Assert.Equal(CardOutcomeState.Confirmed, counter.Run(RestrictScript.Start(counter.Serial, file, counter.Context)).State);

        var read = counter.Read().Restrictions!;
        Assert.Equal(Convert.ToHexString(file.Encode()), Convert.ToHexString(read.Encode()));
        Assert.Equal(["11010001", "11010002"], read.Areas);
        Assert.Null(read.AmountPerFill);
    }

    private static PurseOrder Order(Counter counter, long amount) =>
        new(PurseDirection.Load, CardApplication.Money, counter.Serial, amount, Counter.Terminal);

    private static void OverrideCommit(Counter counter, ushort status)
    {
        // SELECT, READ, lock proof, VERIFY, INITIALIZE; the commit is the sixth.
        counter.Chip.Hooks.Arm();
        counter.Chip.Hooks.OverrideStatus(6, status);
    }

    private static Bench Blocked(string header)
    {
        var bench = new Bench(IssuerProfile.Demo);
        bench.Select(bench.Profile.Money);
        bench.Ok(bench.Protected(bench.Profile.TransportKey, header));
        return bench;
    }
}
