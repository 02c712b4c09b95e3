using FsCheck;
using FsCheck.Fluent;
using Hardware.Simulators.Stations;
using TestRuns;

namespace Simulation.CardOperations;

/// <summary>A card's life as it comes: loads, unloads and purchases in any order, torn anywhere, settled or not before the next.</summary>
public sealed class RandomLifeTests
{
    private const int PurchasesInLog = 8;

    private static readonly Arbitrary<Event[]> Lives = (
        from kind in Gen.Choose(0, 2)
        from amount in Gen.Choose(1, 50_000)
        from tear in Gen.Frequency((1, Gen.Constant(0)), (3, Gen.Choose(1, 8)))
        from after in ArbMap.Default.GeneratorFor<bool>()
        from purchases in Gen.Choose(0, PurchasesInLog)
        select new Event(kind, amount, tear, after, purchases)
    )
        .ListOf(12)
        .Select(events => events.ToArray())
        .ToArbitrary();

    [Fact]
    public void Whatever_happens_to_a_card_its_books_are_the_chips_balance_and_what_was_bought() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(RandomRuns.Times(40)), Prop.ForAll(Lives, Live));

    private static void Live(Event[] events)
    {
        var counter = Counter.WithIssuedCard();
        var station = new SimulatedStation(counter.Context.Keys, "000000000001");
        long booked = 0;
        foreach (var happening in events)
        {
            var before = counter.Ledger.Points.Count;
            var outcome = Run(counter, station, happening, out var bought);
            var confirmed = counter.Ledger.Points.Skip(before).OfType<BookingPoint.Confirmed>().Count();

            Assert.Equal(outcome == CardOutcomeState.Confirmed ? 1 : 0, confirmed);
            booked += outcome == CardOutcomeState.Confirmed ? happening.Change : 0;
            booked -= bought;
            Assert.Equal(booked, counter.Read().Balance);
            Assert.Null(counter.Ledger.Hold);
        }
    }

    private static CardOutcomeState Run(Counter counter, SimulatedStation station, Event happening, out long bought)
    {
        bought = 0;
        counter.Chip.PowerOn();
        counter.Chip.Hooks.Arm();
        if (happening.Tear > 0)
        {
            counter.Chip.Hooks.TearBeforeCommit = happening.After ? null : happening.Tear;
            counter.Chip.Hooks.TearAfterCommit = happening.After ? happening.Tear : null;
        }

        var outcome = happening.Kind == 1 ? counter.Unload(happening.Amount) : counter.Load(happening.Amount);
        counter.Chip.Hooks.Arm();
        counter.Chip.PowerOn();
        for (var i = 0; i < happening.Purchases; i++)
        {
            bought += Buy(counter, station, 7);
        }

        if (outcome.State == CardOutcomeState.Unknown)
        {
            outcome = counter.Recover();
            Assert.NotEqual(CardOutcomeState.Unknown, outcome.State);
            Assert.NotEqual(CardOutcomeState.Exception, outcome.State);
        }

        return outcome.State;
    }

    private static long Buy(Counter counter, SimulatedStation station, uint amount)
    {
        try
        {
            return station.Buy(counter.Chip, amount, new DateTime(2026, 5, 1, 12, 0, 0)).Amount;
        }
        catch (StationRefusedException refused) when (refused.StatusWord == "9401")
        {
            return 0;
        }
    }

    private sealed record Event(int Kind, int Amount, int Tear, bool After, int Purchases)
    {
        internal long Change => Kind == 1 ? -Amount : Amount;
    }
}
