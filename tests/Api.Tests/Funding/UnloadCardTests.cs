using System.Net;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Funding;

public sealed class UnloadCardTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-19.1"), Trait("Requirement", "FC-19.3")]
    public async Task Moves_part_or_all_of_the_purse_to_the_quota_account_and_prints_the_slip(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await Loaded(counter, 50_000);

        var started = (await counter.StartUnload(card, 20_000)).Is(HttpStatusCode.Accepted);
        Assert.Equal(0, (await counter.Balances(card)).Quota);
        var outcome = await counter.Run(card.Chip, started);

        Assert.Equal("confirmed", CardBooks.State(outcome));
        var books = await counter.ChipEqualsBooks(card, "unloaded");
        Assert.Equal((20_000, 30_000), (books.Quota, books.Purse));
        var slip = await counter.Cashier.Get($"/v1/transactions/{outcome["serialNumber"]}/documents/load-slip");
        foreach (var word in (string[])["圈存圈提单", "圈提金额", "200.00", "300.00", "MAC3", "额度账余额"])
        {
            Assert.Contains(word, slip.Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        }

        await counter.Run(card.Chip, (await counter.StartUnload(card, 30_000)).Is(HttpStatusCode.Accepted));
        Assert.Equal(50_000, (await counter.ChipEqualsBooks(card, "emptied")).Quota);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-19.2")]
    public async Task A_sub_cards_money_goes_to_its_main_cards_quota_account(Database database)
    {
        // A host of its own: a card that was moved by hand is a flaw of the books, which other tests prove.
        await using var host = await TestHost.Start(database);
        await using var counter = await TestCounter.Open(host);
        var card = await Loaded(counter, 50_000);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        await using (var db = await counter.Host.OpenDatabase())
        {
            // Issuing sub-cards is another slice: here an issued chip becomes one of this customer's.
            await db.Set<Card>()
                .Where(c => c.Number == card.Number)
                .ExecuteUpdateAsync(u => u.SetProperty(c => c.CustomerId, main.CustomerId).SetProperty(c => c.Type, CardType.PersonalSub));
        }

        var started = (await counter.StartUnload(card, 20_000)).Is(HttpStatusCode.Accepted);
        Assert.Equal(main.CustomerCode, started["customerCode"]);
        await counter.Run(card.Chip, started);

        Assert.Equal(20_000, await counter.Quota(main));
        Assert.Equal(30_000, ChipCards.Balance(card.Chip));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-19.1")]
    public async Task Refuses_more_than_the_purse_holds_another_card_and_a_card_that_is_not_usable(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (card, other) = (await Loaded(counter, 50_000), await counter.IssueCard());

        (await counter.StartUnload(card, 50_001)).IsRefused(HttpStatusCode.Conflict, "purse-too-small");
        var outcome = await counter.Run(other.Chip, (await counter.StartUnload(card, 10_000)).Is(HttpStatusCode.Accepted));
        Assert.Equal("card-not-expected", outcome["code"]!.GetValue<string>());
        foreach (var state in new[] { CardState.Lost, CardState.Closed, CardState.Blocked, CardState.Damaged })
        {
            var unusable = await counter.IssuedCard(change: c => c.State = state);
            (await counter.Cashier.Post($"/v1/cards/{unusable.Number}/unloads", new { amount = 1 })).IsRefused(
                HttpStatusCode.Conflict,
                $"card-{Json.Name(state)}"
            );
        }

        Assert.Equal(50_000, (await counter.ChipEqualsBooks(card, "refused")).Purse);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-19.1")]
    public async Task A_forged_proof_credits_nothing_until_the_card_was_read_again(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await Loaded(counter, 50_000);
        var started = (await counter.StartUnload(card, 20_000)).Is(HttpStatusCode.Accepted);

        var outcome = await Forgery.Run(counter, card.Chip, started, "8054", answer => Forgery.Flip(answer, 0));

        Assert.Equal(("unknown", "card-proof-wrong"), (CardBooks.State(outcome), outcome["code"]!.GetValue<string>()));
        Assert.Equal((0, 50_000), ((await counter.Balances(card)).Quota, (await counter.Balances(card)).Purse));
        Assert.Equal(1, await counter.SettleAll(card.Chip, card.Number));
        Assert.Equal(20_000, (await counter.ChipEqualsBooks(card, "read again")).Quota);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-19.1"), Trait("Requirement", "PL-03.6")]
    public async Task The_same_key_starts_one_unload(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await Loaded(counter, 50_000);
        var key = Clerk.NewKey();

        var first = (await counter.StartUnload(card, 20_000, key)).Is(HttpStatusCode.Accepted);

        Assert.Equal(first.Text, (await counter.StartUnload(card, 20_000, key)).Is(HttpStatusCode.Accepted).Text);
        (await counter.StartUnload(card, 1, key)).IsRefused(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await counter.StartUnload(card, 20_000)).IsRefused(HttpStatusCode.Conflict, "card-operation-pending");
        var sixteen = await Retries.AtOnceWithOwnKeys((_, k) => counter.StartUnload(card, 1_000, k));
        Assert.All(sixteen, a => a.IsRefused(HttpStatusCode.Conflict, "card-operation-pending"));
    }

    private static async Task<ChipCard> Loaded(TestCounter counter, long fen)
    {
        var card = await counter.IssueCard();
        await counter.Fund(card, fen);
        await counter.Load(card, fen);
        return card;
    }
}
