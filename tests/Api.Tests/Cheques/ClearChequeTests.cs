// Slices: ClearCheque, BounceCheque, ListCheques.
using System.Net;
using Access.Branches;
using Cheques;
using Counter.Payments;
using Customers;
using Issuance.Cards;

namespace Api.Tests.Cheques;

public sealed class ClearChequeTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-32.1"), Trait("Requirement", "FC-31.3")]
    public async Task Clearing_needs_an_approval_and_makes_the_cheque_usable(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var cheque = await counter.Cheque(card, 10_000);

        (await counter.Cashier.Post($"/v1/cheques/{cheque}/clearing", new { })).IsRefused(HttpStatusCode.Forbidden, "approval-required");
        (await counter.Clear(cheque)).Is(HttpStatusCode.Created);
        (await counter.Clear(cheque)).IsRefused(HttpStatusCode.Conflict, "cheque-cleared");

        Assert.Equal([(cheque, 10_000L)], await counter.Usable(card));
        Assert.Equal(-10_000, await counter.Balance(CounterAccounts.Bank, counter.BranchId));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-32.1"), Trait("Requirement", "FC-34.1")]
    public async Task A_superior_branch_finds_and_clears_and_another_branch_does_not(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var other = await TestCounter.Open(database);
        await using var headquarters = await TestCounter.Open(database, headquarters: true);
        var card = await counter.IssuedCard();
        var cheque = await counter.Cheque(card, 10_000);
        var list = $"/v1/cheques?branchCode={counter.BranchCode}&cardNumber={card.Number}&standing=received";

        (await other.Clear(cheque)).IsRefused(HttpStatusCode.Forbidden, "cheque-of-other-branch");
        (await other.Cashier.Get(list)).IsRefused(HttpStatusCode.Forbidden, "cheque-of-other-branch");
        var found = (await headquarters.Cashier.Get(list)).Is(HttpStatusCode.OK).Body["items"]!.AsArray();
        Assert.Equal(cheque, Assert.Single(found)!["chequeId"]!.GetValue<string>());
        (await headquarters.Clear(cheque)).Is(HttpStatusCode.Created);

        Assert.Equal([(cheque, 10_000L)], await counter.Usable(card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-33.1")]
    public async Task A_cleared_cheque_cannot_bounce_and_a_bounced_one_cannot_be_used(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var cleared = await counter.Cheque(card, 10_000);
        (await counter.Clear(cleared)).Is(HttpStatusCode.Created);
        var bounced = await counter.Cheque(card, 5_000);

        (await counter.Bounce(cleared)).IsRefused(HttpStatusCode.Conflict, "cheque-cleared");
        Assert.Equal(0, (await counter.Bounce(bounced)).Is(HttpStatusCode.Created).Number("claim"));
        (await counter.Bounce(bounced)).IsRefused(HttpStatusCode.Conflict, "cheque-bounced");
        (await counter.Clear(bounced)).IsRefused(HttpStatusCode.Conflict, "cheque-bounced");
        (await counter.PayBy(bounced, card, 1)).IsRefused(HttpStatusCode.Conflict, "cheque-bounced");

        Assert.Equal([(cleared, 10_000L)], await counter.Usable(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-33.1")]
    public async Task A_used_on_sight_cheque_that_bounces_leaves_a_claim(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        (await counter.CreditOnSight(card)).Is(HttpStatusCode.OK);
        var cheque = await counter.Cheque(card, 10_000);
        await counter.Collected(card, 1_000);
        var paid = (await counter.PayBy(cheque, card, 6_000)).Is(HttpStatusCode.Created).SerialNumber;

        Assert.Equal(6_000, (await counter.Bounce(cheque)).Is(HttpStatusCode.Created).Number("claim"));

        var customer = await counter.Customer(card.CustomerCode);
        Assert.Equal((6_000, 0), (customer["claim"]!.GetValue<long>(), customer["refundable"]!.GetValue<long>()));
        Assert.Empty(await counter.Usable(card));
        Assert.Equal(0, await counter.Balance(ChequeAccounts.Held, counter.BranchId));
        (await counter.PayBy(cheque, card, 1)).IsRefused(HttpStatusCode.Conflict, "cheque-bounced");

        // Taking the payment back takes the claim back, and gives nothing back to the bounced cheque.
        var correction = TestCounter.Correction(card, 6_000, "cheque");
        (await counter.Cashier.PostApproved($"/v1/transactions/{paid}/void", correction, counter.Second)).Is(HttpStatusCode.Created);
        customer = await counter.Customer(card.CustomerCode);
        Assert.Equal((0, 1_000), (customer["claim"]!.GetValue<long>(), customer["refundable"]!.GetValue<long>()));
        Assert.Empty(await counter.Usable(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-33.1"), Trait("Requirement", "FC-31.4")]
    public async Task Payments_clearing_and_bouncing_at_once_leave_every_fen_in_one_place(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        (await counter.CreditOnSight(card)).Is(HttpStatusCode.OK);
        var cheque = await counter.Cheque(card, 10_000);
        var token = await counter.Cashier.Post($"/v1/cheques/{cheque}/clearing", new { });
        var approval = await counter.Cashier.Approve(token, counter.Second);

        var payments = Enumerable
            .Range(0, 12)
            .Select(_ => Task.Run(() => Retries.Again(() => counter.PayBy(cheque, card, 1_000))))
            .ToList();
        var bounces = Enumerable.Range(0, 2).Select(_ => Task.Run(() => Retries.Again(() => counter.Bounce(cheque)))).ToList();
        var clearing = Task.Run(() =>
            Retries.Again(() => counter.Cashier.Post($"/v1/cheques/{cheque}/clearing", new { }, approval: approval))
        );

        var paid = (await Task.WhenAll(payments)).Count(p => p.Status == HttpStatusCode.Created) * 1_000L;
        var bounced = (await Task.WhenAll(bounces)).Count(b => b.Status == HttpStatusCode.Created);
        var cleared = (await clearing).Status == HttpStatusCode.Created ? 1 : 0;
        Assert.Equal(1, bounced + cleared);
        Assert.InRange(paid, cleared == 1 ? 10_000 : 0, 10_000);
        var claim = (await counter.Customer(card.CustomerCode))["claim"]!.GetValue<long>();
        var left = (await counter.Usable(card)).Sum(u => u.Left);
        Assert.Equal(paid, await counter.Quota(card));
        Assert.Equal(bounced == 1 ? (paid, 0) : (0, 10_000 - paid), (claim, left));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-34.1")]
    public async Task Cheques_are_listed_by_date_card_number_and_standing(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var other = await counter.IssuedCard();
        var received = await counter.Cheque(main, 1_000);
        var cleared = await counter.Cheque(main, 2_000);
        var used = await counter.Cheque(other, 3_000);
        var bounced = await counter.Cheque(other, 4_000);
        (await counter.Clear(cleared)).Is(HttpStatusCode.Created);
        (await counter.Clear(used)).Is(HttpStatusCode.Created);
        (await counter.PayBy(used, other, 3_000)).Is(HttpStatusCode.Created);
        (await counter.Bounce(bounced)).Is(HttpStatusCode.Created);
        var today = ChinaCalendar.Today(TimeProvider.System);

        async Task<string[]> List(string filter) =>
            [
                .. (await counter.Cashier.Get($"/v1/cheques?{filter}")).Is(HttpStatusCode.OK).Body["items"]!
                    .AsArray()
                    .Select(i => i!["chequeId"]!.GetValue<string>()),
            ];

        Assert.Equal([received, cleared, used, bounced], await List(""));
        Assert.Equal([received], await List("standing=received"));
        Assert.Equal([cleared], await List("standing=cleared"));
        Assert.Equal([used], await List("standing=used"));
        Assert.Equal([bounced], await List("standing=bounced"));
        Assert.Equal([received, cleared], await List($"cardNumber={main.Number}"));
        Assert.Equal([received, cleared, used, bounced], await List($"from={today:yyyy-MM-dd}&to={today:yyyy-MM-dd}"));
        Assert.Empty(await List($"to={today.AddDays(-1):yyyy-MM-dd}"));
        Assert.Equal([cleared, used, bounced], (await List("limit=1000"))[1..]);
        (await counter.Cashier.Get("/v1/cheques?standing=lost")).IsRefused(HttpStatusCode.BadRequest, "validation-failed");
    }
}
