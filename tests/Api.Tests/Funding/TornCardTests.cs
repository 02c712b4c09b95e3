using System.Net;
using System.Text.Json.Nodes;
using Counter.Payments;
using Customers;
using Hardware.Simulators.Chip;
using Issuance;
using Issuance.Cards;
using Platform.Cards.Cryptography.Layouts;
using Platform.Cards.Cryptography.Profiles;
using Platform.Problems;

namespace Api.Tests.Funding;

/// <summary>
/// The card is torn out at every command of every operation that changes it, before and after the chip's own change, through the public API. After
/// "re-read card" chip and books hold the same, and the customer's money is what was paid. The way to the chip is a parameter: in this process, or
/// by the agent and the machine's PC/SC service.
/// </summary>
public sealed class TornCardTests
{
    private const byte CreditForLoad = 0x52;
    private const byte DebitForUnload = 0x54;

    /// <summary>Every tenth place, where each would only take its time.</summary>
    private const int SomeOf = 10;

    [Theory, EachCarrier]
    [Trait("Requirement", "FC-15.5"), Trait("Requirement", "FC-35.2"), Trait("Requirement", "FC-15.2")]
    public async Task A_load_with_points_torn_at_any_command(Database database, string carrier)
    {
        await using var counter = await TestCounter.Open(database);
        await new TearTable(counter, carrier).Run(
            "load with points",
            card => counter.Fund(card, 100_000, points: 5),
            async card =>
            {
                await GivePoints(counter, card);
                return await counter.StartLoad(card, TearTable.Step);
            }
        );
    }

    [Theory, EachCarrier]
    [Trait("Requirement", "FC-19.1"), Trait("Requirement", "FC-15.5"), Trait("Requirement", "FC-35.2")]
    public async Task An_unload_torn_at_any_command(Database database, string carrier)
    {
        await using var counter = await TestCounter.Open(database);
        await new TearTable(counter, carrier).Run(
            "unload",
            async card =>
            {
                await counter.Fund(card, 100_000);
                await counter.Load(card, 100_000);
            },
            card => counter.StartUnload(card, TearTable.Step)
        );
    }

    [Theory, EachCarrier]
    [Trait("Requirement", "FC-09.7"), Trait("Requirement", "FC-16.3"), Trait("Requirement", "FC-35.2")]
    public async Task A_recharge_into_the_purse_torn_at_any_command(Database database, string carrier)
    {
        await using var counter = await TestCounter.Open(database);
        await new TearTable(counter, carrier).Run(
            "recharge",
            _ => Task.CompletedTask,
            card => counter.StartRecharge(card, TearTable.Step),
            paid: TearTable.Step,
            (before, now) => Assert.Equal(before.Reserve + before.Purse, now.Reserve + now.Purse)
        );
    }

    [Theory, EachCarrier]
    [Trait("Requirement", "FC-09.8"), Trait("Requirement", "FC-15.5"), Trait("Requirement", "FC-35.2")]
    public async Task A_recharge_that_is_loaded_at_once_torn_at_any_command_leaves_that_part_in_reserve_or_on_the_chip(
        Database database,
        string carrier
    )
    {
        await using var counter = await TestCounter.Open(database);
        await new TearTable(counter, carrier).Run(
            "recharge with load",
            _ => Task.CompletedTask,
            card => counter.StartRechargeWithLoad(card, TearTable.Step, load: 600),
            paid: TearTable.Step,
            (before, now) => Assert.Equal((before.Quota - 600, before.Reserve + before.Purse + 600), (now.Quota, now.Reserve + now.Purse))
        );
    }

    [Theory, EachCarrier]
    [Trait("Requirement", "FC-01.6"), Trait("Requirement", "FC-35.2")]
    public async Task An_issue_torn_at_any_command_ends_issued_and_paid_or_blank_and_not(Database database, string carrier)
    {
        await using var counter = await TestCounter.Open(database);
        // Each card that was not issued is asked for, and is an unknown number then.
        await counter.Set(CustomerParameters.LookUpsPerMinute, 10_000);
        var table = new TearTable(counter, carrier);
        var probe = table.Blank();
        await counter.IssueCard(probe);
        var (issued, afterAll, apdus) = (1, 0, probe.Hooks.Count);
        Assert.True(apdus >= 50);
        var cases = await table.Everywhere(
            apdus,
            Enumerable.Range(0, 2 * table.Way.AtOnce).ToList(),
            async (_, tear) =>
            {
                var chip = table.Blank();
                var started = (await counter.StartIssue()).Is(HttpStatusCode.Accepted);
                await table.Torn(chip, started, tear);
                await counter.SettleAll(chip, cardNumber: null, table.Way.Carry);

                var isIssued = ChipCards.Identity(chip).Start is not null;
                var shown = await counter.Cashier.Get($"/v1/cards/{started["cardNumber"]}");
                Assert.True(
                    isIssued ? shown["state"] == "active" : shown.Status == HttpStatusCode.NotFound,
                    $"{tear}: on the chip {isIssued}, in the books {shown.Text}"
                );
                var customer = await counter.Cashier.Get($"/v1/customers/{started["customerCode"]}");
                Assert.Equal(isIssued ? HttpStatusCode.OK : HttpStatusCode.NotFound, customer.Status);
                Interlocked.Add(ref issued, isIssued ? 1 : 0);
                if (!isIssued && tear.Apdu % SomeOf == 1)
                {
                    // The reservation is gone, so the same chip can be issued after all.
                    await counter.IssueCard(chip);
                    Interlocked.Increment(ref afterAll);
                }
            }
        );

        Assert.True(issued > 1, "No tear came after the commit.");
        Assert.True(afterAll > 1, "No chip was issued after all.");
        Assert.Equal(-(issued + afterAll) * ChipCards.SetFee, await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id));
        await counter.BooksAreSound();
        table.Report("issue", cases, issued - 1);
    }

    [Theory, EachCarrier]
    [Trait("Requirement", "FC-40.1"), Trait("Requirement", "FC-35.2")]
    public async Task Restrictions_changed_later_and_torn_at_any_command_are_kept_as_they_stand_on_the_chip(
        Database database,
        string carrier
    )
    {
        await using var counter = await TestCounter.Open(database);
        var table = new TearTable(counter, carrier);
        var (cards, fills) = (new List<ChipCard>(), 1);
        Task<Answered> Start(ChipCard card, int perDay) =>
            counter.Cashier.Post($"/v1/cards/{card.Number}/restrictions", new { fillsPerDay = perDay });
        for (var i = 0; i < table.Way.AtOnce; i++)
        {
            cards.Add(await table.Card());
            await counter.Run(cards[i].Chip, (await Start(cards[i], 1)).Is(HttpStatusCode.Accepted));
        }

        var apdus = await table.Apdus(cards[0], await Start(cards[0], 1));
        var cases = await table.Everywhere(
            apdus,
            cards,
            async (card, tear) =>
            {
                var started = (await Start(card, Interlocked.Increment(ref fills))).Is(HttpStatusCode.Accepted);
                await table.Torn(card.Chip, started, tear);
                await counter.SettleAll(card.Chip, card.Number, table.Way.Carry);

                var kept = (await counter.Cashier.Get($"/v1/cards/{card.Number}/restrictions")).Is(HttpStatusCode.OK);
                Assert.Equal(FillsPerDay(card.Chip), (int)kept.Number("fillsPerDay"));
            }
        );

        table.Report("restrict", cases, done: null);
    }

    [Theory, EachCarrier]
    [Trait("Requirement", "FC-35.3"), Trait("Requirement", "FC-15.5")]
    public async Task A_card_that_stays_away_is_settled_and_agrees_again_when_it_comes_back_after_all(Database database, string carrier)
    {
        await using var counter = await TestCounter.Open(database);
        await counter.WaitBeforeSettling(0);
        var table = new TearTable(counter, carrier);
        var card = await table.Card();
        await counter.Fund(card, 100_000);
        await counter.Load(card, 50_000);
        var (cases, late) = (0, 0);
        var all =
            from start in new (Func<Task<Answered>> Start, long Paid)[]
            {
                (() => counter.StartLoad(card, 1_000), 0),
                (() => counter.StartUnload(card, 1_000), 0),
                (() => counter.StartRecharge(card, 1_000), 1_000),
                (() => counter.StartRechargeWithLoad(card, 1_000, load: 700), 1_000),
            }
            from after in new[] { false, true }
            select (start, after);
        foreach (var (start, after) in all)
        {
            var commit = await CommitOf(table, card, await start.Start());
            var paid = (await counter.Balances(card)).Money + start.Paid;
            var started = (await start.Start()).Is(HttpStatusCode.Accepted);

            Assert.Equal("unknown", CardBooks.State(await table.Torn(card.Chip, started, new Tear(commit, after))));
            var settled = (await counter.Settle(CardBooks.OperationId(started))).Is(HttpStatusCode.Created);
            Assert.Equal("notDone", settled["as"]);
            var books = await counter.Balances(card);
            Assert.Equal((0, paid), (books.InTransit, books.Money));

            late += await ComesBack(counter, card, CardBooks.OperationId(started), after, table.Way.Carry);
            cases++;
            Assert.Equal(paid, (await counter.ChipEqualsBooks(card, $"{started.Text}, after {after}")).Money);
        }

        Assert.Equal(4, late);
        await counter.BooksAreSound();
        table.Report("settled without the card", cases, late);
    }

    /// <summary>The place of the command that changes the purse, counted on an operation that is carried to its end.</summary>
    private static async Task<int> CommitOf(TearTable table, ChipCard card, Answered started)
    {
        await table.Apdus(card, started);
        return 1 + card.Chip.Hooks.Instructions.ToList().FindIndex(i => i is CreditForLoad or DebitForUnload);
    }

    /// <summary>The card is read again: what it has done after all is for a person, never booked by itself.</summary>
    private static async Task<int> ComesBack(TestCounter counter, ChipCard card, string operation, bool done, CardCarrier carry)
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

    private static async Task GivePoints(TestCounter counter, ChipCard card)
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
        var answer = ReaderAgent.Resolve(chip, Convert.FromHexString($"00B0{0x80 + money.RestrictionFile:X2}0060"));
        return RestrictionFile.Decode(answer.AsSpan()[..^2])!.FillsPerDay!.Value;
    }
}
