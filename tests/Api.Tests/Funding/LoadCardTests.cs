using System.Net;
using Customers;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Cryptography.Profiles;

namespace Api.Tests.Funding;

public sealed class LoadCardTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.1"), Trait("Requirement", "FC-15.7")]
    public async Task Moves_part_of_the_reserve_onto_the_chip_and_books_it_when_the_chip_has_proved_it(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 100_000);

        var started = (await counter.StartLoad(card, 30_000)).Is(HttpStatusCode.Accepted);
        Assert.Equal((100_000, 0, 0), await Balances(counter, card));
        var outcome = await counter.Run(card.Chip, started);

        Assert.Equal("confirmed", outcome["state"]!.GetValue<string>());
        Assert.Equal((70_000, 0, 30_000), await Balances(counter, card));
        Assert.Equal(30_000, ChipCards.Balance(card.Chip));
        var load = (await counter.Cashier.Get($"/v1/transactions/{outcome["serialNumber"]}")).Is(HttpStatusCode.OK);
        Assert.Contains("\"load\"", load.Text, StringComparison.Ordinal);
        var slip = await counter.Cashier.Get($"/v1/transactions/{outcome["serialNumber"]}/documents/load-slip");
        Assert.Contains("300.00", slip.Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.1")]
    public async Task Nothing_is_booked_before_the_chips_own_MAC_is_checked(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 50_000);
        var started = (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted);

        var outcome = await Forgery.Run(counter, card.Chip, started, "8050", answer => Forgery.Flip(answer, answer.Length - 8));

        Assert.Equal(("notDone", "card-not-genuine"), (outcome["state"]!.GetValue<string>(), outcome["code"]!.GetValue<string>()));
        Assert.Equal((50_000, 0, 0), await Balances(counter, card));
        Assert.Equal(0, ChipCards.Balance(card.Chip));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.1")]
    public async Task A_wrong_proof_books_nothing_until_the_card_was_read_again(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 50_000);
        var started = (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted);

        var outcome = await Forgery.Run(counter, card.Chip, started, "8052", answer => Forgery.Flip(answer, 0));

        Assert.Equal(("unknown", "card-proof-wrong"), (outcome["state"]!.GetValue<string>(), outcome["code"]!.GetValue<string>()));
        Assert.Equal((30_000, 20_000, 0), await Balances(counter, card));
        (await counter.StartLoad(card, 1_000)).IsRefused(HttpStatusCode.Conflict, "card-operation-pending");

        var settled = await counter.Reread(card.Chip, OperationId(started));
        Assert.Equal("confirmed", settled["state"]!.GetValue<string>());
        Assert.Equal((30_000, 0, 20_000), await Balances(counter, card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.2")]
    public async Task All_reserve_points_go_onto_the_card_with_the_money(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 50_000, points: 777);

        var started = (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted);
        Assert.Equal(777, started.Number("points"));
        await counter.Run(card.Chip, started);

        Assert.Equal(20_000, ChipCards.Balance(card.Chip));
        Assert.Equal(777, ChipCards.Balance(card.Chip, IssuerProfile.Demo.Points));
        var shown = (await counter.Customer(card.CustomerCode))["cards"]![0]!;
        Assert.Equal((0, 777), (shown["reservePoints"]!.GetValue<long>(), shown["pursePoints"]!.GetValue<long>()));
        var operation = (await counter.Cashier.Get($"/v1/card-operations/{OperationId(started)}")).Is(HttpStatusCode.OK).Body;
        Assert.Equal("points-load", operation["following"]![0]!["kind"]!.GetValue<string>());
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.3")]
    public async Task A_card_of_another_province_loads_its_money_and_leaves_its_points(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 50_000, points: 777);
        await using (var db = await counter.Host.OpenDatabase())
        {
            await db.Set<Card>().Where(c => c.Number == card.Number).ExecuteUpdateAsync(u => u.SetProperty(c => c.IssuerCode, "000044"));
        }

        var started = (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted);
        Assert.Equal(0, started.Number("points"));
        await counter.Run(card.Chip, started);

        Assert.Equal((20_000, 0), (ChipCards.Balance(card.Chip), ChipCards.Balance(card.Chip, IssuerProfile.Demo.Points)));
        var shown = (await counter.Customer(card.CustomerCode))["cards"]![0]!;
        Assert.Equal((777, 0), (shown["reservePoints"]!.GetValue<long>(), shown["pursePoints"]!.GetValue<long>()));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.6")]
    public async Task Refuses_more_than_the_reserve_more_than_the_purse_may_hold_and_a_card_that_is_not_usable(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 600_000);

        (await counter.StartLoad(card, 600_001)).IsRefused(HttpStatusCode.Conflict, "reserve-too-small");
        (await counter.StartLoad(card, 500_001)).IsRefused(HttpStatusCode.Conflict, "over-purse-limit");
        foreach (var state in new[] { CardState.Lost, CardState.Closed, CardState.Expired, CardState.Blocked, CardState.Damaged })
        {
            var other = await counter.IssuedCard(change: c => c.State = state);
            (await counter.Cashier.Post($"/v1/cards/{other.Number}/loads", new { amount = 1 })).IsRefused(
                HttpStatusCode.Conflict,
                $"card-{Json.Name(state)}"
            );
        }

        Assert.Equal((600_000, 0, 0), await Balances(counter, card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.6")]
    public async Task Refuses_another_card_in_the_reader(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (card, other) = (await counter.IssueCard(), await counter.IssueCard());
        await counter.Fund(card, 50_000);

        var outcome = await counter.Run(other.Chip, (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted));

        Assert.Equal(("notDone", "card-not-expected"), (outcome["state"]!.GetValue<string>(), outcome["code"]!.GetValue<string>()));
        Assert.Equal((50_000, 0, 0), await Balances(counter, card));
        Assert.Equal(0, ChipCards.Balance(other.Chip));
    }

    [Theory, EachDatabase]
    public async Task A_card_torn_at_any_command_of_a_load_agrees_with_the_books_after_it_was_read_again(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 400_000);
        card.Chip.Hooks.Arm();
        await counter.Run(card.Chip, (await counter.StartLoad(card, 1_000)).Is(HttpStatusCode.Accepted));
        var apdus = card.Chip.Hooks.Count;
        var (loaded, reserve) = (1_000L, 399_000L);

        foreach (var (at, after) in Enumerable.Range(1, apdus).SelectMany(n => new[] { (n, false), (n, true) }))
        {
            card.Chip.Hooks.Arm();
            (card.Chip.Hooks.TearBeforeCommit, card.Chip.Hooks.TearAfterCommit) = after ? ((int?)null, (int?)at) : (at, null);
            var started = (await counter.StartLoad(card, 1_000)).Is(HttpStatusCode.Accepted);
            var outcome = await counter.Run(card.Chip, started);
            card.Chip.Hooks.Arm();
            if (outcome["state"]!.GetValue<string>() == "unknown")
            {
                outcome = await counter.Reread(card.Chip, OperationId(started));
            }

            var done = outcome["state"]!.GetValue<string>() == "confirmed" ? 1_000 : 0;
            (loaded, reserve) = (loaded + done, reserve - done);
            Assert.Equal(loaded, ChipCards.Balance(card.Chip));
            Assert.Equal((reserve, 0, loaded), await Balances(counter, card));
        }

        Assert.True(loaded > 1_000, "No tear came after the commit.");
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6")]
    public async Task The_same_key_starts_one_load(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 50_000);
        var key = Clerk.NewKey();

        var first = (await counter.StartLoad(card, 20_000, key)).Is(HttpStatusCode.Accepted);
        var again = (await counter.StartLoad(card, 20_000, key)).Is(HttpStatusCode.Accepted);

        Assert.Equal(first.Text, again.Text);
        (await counter.StartLoad(card, 20_001, key)).IsRefused(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await counter.StartLoad(card, 20_000)).IsRefused(HttpStatusCode.Conflict, "card-operation-pending");
    }

    private static async Task<(long Reserve, long InTransit, long Purse)> Balances(TestCounter counter, ChipCard card)
    {
        var shown = (await counter.Customer(card.CustomerCode))["cards"]![0]!;
        return (shown["reserve"]!.GetValue<long>(), shown["inTransit"]!.GetValue<long>(), shown["purse"]!.GetValue<long>());
    }

    private static string OperationId(Answered started) => started.Body["operation"]!["operationId"]!.GetValue<string>();
}
