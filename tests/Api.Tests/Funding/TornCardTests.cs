using System.Net;
using Api.Tests.Harness;
using Hardware.Simulators.Chip;
using Platform;
using Platform.CardCryptography.Layouts;
using Platform.CardCryptography.Profiles;

namespace Api.Tests.Funding;

/// <summary>
/// The card is torn out at every command of every operation that changes it, before and after the chip's own change, through the public API. After
/// "re-read card" chip and books hold the same, and the customer's money is what was paid. The way to the chip is a parameter, so that the same suite
/// runs over any reader.
/// </summary>
public sealed class TornCardTests
{
    private const int Enough = 200;
    private const int AtOnce = 8;

    [Theory, EachDatabase(CardCarriers.InProcess)]
    [Trait("Requirement", "FC-15.5"), Trait("Requirement", "FC-35.2"), Trait("Requirement", "FC-15.2")]
    public async Task A_load_with_points_torn_at_any_command(Database database, string carrier)
    {
        await using var counter = await Counter.Open(database);
        var bench = new Bench(counter, await counter.IssueCard(), carrier);
        await counter.Fund(bench.Card, 300_000, points: 5);

        await bench.TearEverywhere(
            "load with points",
            async () =>
            {
                await GivePoints(counter, bench.Card);
                return await counter.StartLoad(bench.Card, 1_000);
            },
            paid: 0
        );
    }

    [Theory, EachDatabase(CardCarriers.InProcess)]
    [Trait("Requirement", "FC-19.1"), Trait("Requirement", "FC-15.5"), Trait("Requirement", "FC-35.2")]
    public async Task An_unload_torn_at_any_command(Database database, string carrier)
    {
        await using var counter = await Counter.Open(database);
        var bench = new Bench(counter, await counter.IssueCard(), carrier);
        await counter.Fund(bench.Card, 300_000);
        await counter.Load(bench.Card, 300_000);

        await bench.TearEverywhere("unload", () => counter.StartUnload(bench.Card, 1_000), paid: 0);
    }

    [Theory, EachDatabase(CardCarriers.InProcess)]
    [Trait("Requirement", "FC-09.7"), Trait("Requirement", "FC-16.3"), Trait("Requirement", "FC-35.2")]
    public async Task A_recharge_into_the_purse_torn_at_any_command(Database database, string carrier)
    {
        await using var counter = await Counter.Open(database);
        var bench = new Bench(counter, await counter.IssueCard(), carrier);

        await bench.TearEverywhere("recharge", () => counter.StartRecharge(bench.Card, 1_000), paid: 1_000);
    }

    [Theory, EachDatabase(CardCarriers.InProcess)]
    [Trait("Requirement", "FC-01.6"), Trait("Requirement", "FC-35.2")]
    public async Task An_issue_torn_at_any_command_ends_issued_and_paid_or_blank_and_not(Database database, string carrier)
    {
        await using var counter = await Counter.Open(database);
        var carry = CardCarriers.Named(carrier);
        var probe = await counter.IssueCard();
        var apdus = probe.Chip.Hooks.Count;
        Assert.InRange(apdus, 50, Enough);
        var (issued, cases) = (1, 0);
        await Parallel.ForEachAsync(
            Places(apdus),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (place, _) =>
            {
                var chip = VirtualChip.CreateBlank(IssuerProfile.Demo);
                var started = (await counter.StartIssue()).Is(HttpStatusCode.Accepted);
                await counter.RunTorn(chip, started, place.Apdu, place.After, carry);
                await counter.SettleAll(chip, cardNumber: null, carry);

                Interlocked.Increment(ref cases);
                var isIssued = ChipCards.Identity(chip).Start is not null;
                var shown = await counter.Cashier.Get($"/v1/cards/{started["cardNumber"]}");
                Assert.True(
                    isIssued ? shown["state"] == "active" : shown.Status == HttpStatusCode.NotFound,
                    $"{place}: on the chip {isIssued}, in the books {shown.Text}"
                );
                Interlocked.Add(ref issued, isIssued ? 1 : 0);
            }
        );

        Assert.True(issued > 1, "No tear came after the commit.");
        Assert.Equal(-issued * ChipCards.SetFee, await counter.Balance(AccountKind.Drawer, counter.Cashier.Id));
        await counter.BooksAreSound();
        Report(database, carrier, "issue", cases, issued - 1);
    }

    [Theory, EachDatabase(CardCarriers.InProcess)]
    [Trait("Requirement", "FC-40.1"), Trait("Requirement", "FC-35.2")]
    public async Task Restrictions_changed_later_and_torn_at_any_command_are_kept_as_they_stand_on_the_chip(
        Database database,
        string carrier
    )
    {
        await using var counter = await Counter.Open(database);
        var carry = CardCarriers.Named(carrier);
        var card = await counter.IssueCard();
        Task<Answered> Start(int fills) => counter.Cashier.Post($"/v1/cards/{card.Number}/restrictions", new { fillsPerDay = fills });
        card.Chip.Hooks.Arm();
        await counter.Run(card.Chip, (await Start(1)).Is(HttpStatusCode.Accepted));
        var (apdus, fills, cases) = (card.Chip.Hooks.Count, 1, 0);
        foreach (var (apdu, after) in Places(apdus))
        {
            await counter.RunTorn(card.Chip, (await Start(++fills)).Is(HttpStatusCode.Accepted), apdu, after, carry);
            await counter.SettleAll(card.Chip, card.Number, carry);

            cases++;
            var kept = (await counter.Cashier.Get($"/v1/cards/{card.Number}/restrictions")).Is(HttpStatusCode.OK);
            Assert.Equal(FillsPerDay(card.Chip), (int)kept.Number("fillsPerDay"));
        }

        Report(database, carrier, "restrict", cases, done: null);
    }

    [Theory, EachDatabase(CardCarriers.InProcess)]
    [Trait("Requirement", "FC-35.3"), Trait("Requirement", "FC-15.5")]
    public async Task A_card_that_stays_away_is_settled_and_agrees_again_when_it_comes_back_after_all(Database database, string carrier)
    {
        await using var counter = await Counter.Open(database);
        await counter.WaitBeforeSettling(0);
        var carry = CardCarriers.Named(carrier);
        var card = await counter.IssueCard();
        await counter.Fund(card, 100_000);
        await counter.Load(card, 50_000);
        var (cases, late) = (0, 0);
        var all =
            from start in new Func<Task<Answered>>[]
            {
                () => counter.StartLoad(card, 1_000),
                () => counter.StartUnload(card, 1_000),
                () => counter.StartRecharge(card, 1_000),
            }
            from after in new[] { false, true }
            select (start, after);
        foreach (var (start, after) in all)
        {
            var paid = (await counter.Balances(card)).Money;
            var started = (await start()).Is(HttpStatusCode.Accepted);
            paid += started.Location!.ToString().Length > 0 && started.Body["bonus"] is not null ? 1_000 : 0;

            // The sixth command is the one that changes the purse.
            Assert.Equal("unknown", CardBooks.State(await counter.RunTorn(card.Chip, started, apdu: 6, after, carry)));
            var settled = (await counter.Settle(CardBooks.OperationId(started))).Is(HttpStatusCode.Created);
            Assert.Equal("notDone", settled["as"]);
            var books = await counter.Balances(card);
            Assert.Equal((0, paid), (books.InTransit, books.Money));

            late += await ComesBack(counter, card, CardBooks.OperationId(started), after, carry);
            cases++;
            Assert.Equal(paid, (await counter.ChipEqualsBooks(card, $"{started.Text}, after {after}")).Money);
        }

        Assert.Equal(3, late);
        await counter.BooksAreSound();
        Report(database, carrier, "settled without the card", cases, late);
    }

    /// <summary>The card is read again: what it has done after all is for a person, never booked by itself.</summary>
    private static async Task<int> ComesBack(Counter counter, ChipCard card, string operation, bool done, CardCarrier carry)
    {
        var body = new { cardNumber = card.Number };
        var again = (await counter.Cashier.Post("/v1/card-re-reads", body)).Is(HttpStatusCode.Accepted);
        var outcome = await carry(counter.Host.Client, card.Chip, again.Body["operation"]!);
        Assert.Equal(done ? "exception" : "notDone", CardBooks.State(outcome));
        if (done)
        {
            Assert.Equal("card-late-proof", outcome["code"]!.GetValue<string>());
            (await counter.Settle(operation, settleAs: "done")).Is(HttpStatusCode.Created);
        }

        (await counter.Cashier.Post("/v1/card-re-reads", body)).IsRefused(HttpStatusCode.NotFound, "card-nothing-pending");
        return done ? 1 : 0;
    }

    internal static IEnumerable<(int Apdu, bool After)> Places(int apdus) =>
        from apdu in Enumerable.Range(1, apdus)
        from after in new[] { false, true }
        select (apdu, after);

    private static void Report(Database database, string carrier, string what, int cases, int? done) =>
        Console.WriteLine($"Torn cards: {what} over {carrier} on {database}: {cases} cases{(done is { } d ? $", {d} of them done" : "")}.");

    private static async Task GivePoints(Counter counter, ChipCard card)
    {
        if ((await counter.Balances(card)).ReservePoints < 5)
        {
            await counter.Fund(card, 1_000, points: 5);
        }
    }

    private static int FillsPerDay(VirtualChip chip)
    {
        var money = IssuerProfile.Demo.Money;
        chip.PowerOn();
        chip.Transmit(Convert.FromHexString($"00A40400{money.Aid.Length / 2:X2}{money.Aid}"));
        var answer = chip.Transmit(Convert.FromHexString($"00B0{0x80 + money.RestrictionFile:X2}0060"));
        return RestrictionFile.Decode(answer.AsSpan()[..^2])!.FillsPerDay!.Value;
    }

    /// <summary>One card on which an operation is torn at every command.</summary>
    private sealed class Bench(Counter counter, ChipCard card, string carrier)
    {
        private readonly CardCarrier _carry = CardCarriers.Named(carrier);

        public ChipCard Card => card;

        public async Task TearEverywhere(string what, Func<Task<Answered>> start, long paid)
        {
            card.Chip.Hooks.Arm();
            var outcome = await _carry(counter.Host.Client, card.Chip, (await start()).Is(HttpStatusCode.Accepted).Body["operation"]!);
            Assert.Equal("confirmed", CardBooks.State(outcome));
            var (apdus, cases, done) = (card.Chip.Hooks.Count, 0, 0);
            foreach (var (apdu, after) in Places(apdus))
            {
                var started = (await start()).Is(HttpStatusCode.Accepted);
                var before = await counter.Balances(card);
                await counter.RunTorn(card.Chip, started, apdu, after, _carry);
                await counter.SettleAll(card.Chip, card.Number, _carry);

                cases++;
                var books = await counter.ChipEqualsBooks(card, $"{what} torn at {apdu}, after {after}");
                Assert.Equal(before.Money, books.Money);
                done += books.Purse == before.Purse ? 0 : 1;
            }

            Assert.InRange(done, 1, cases - 1);
            await counter.BooksAreSound();
            Assert.True(
                paid == 0 || await counter.Balance(AccountKind.Drawer, counter.Cashier.Id) == -ChipCards.SetFee - ((cases + 1) * paid)
            );
            Report(counter.Host.Database, carrier, what, cases, done);
        }
    }
}
