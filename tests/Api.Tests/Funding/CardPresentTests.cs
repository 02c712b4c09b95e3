// Slices: RechargeCustomer, RechargeWithCard, CollectWithCard, AllocateWithCard.
using System.Net;
using Counter.Payments;
using Customers;
using Issuance;
using Issuance.Cards;
using Platform.Problems;

namespace Api.Tests.Funding;

/// <summary>The functions that find their card by its being present, and recharging by number.</summary>
public sealed class CardPresentTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.1"), Trait("Requirement", "FC-09.2"), Trait("Requirement", "FC-09.3")]
    public async Task A_recharge_by_number_goes_into_the_quota_account(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var path = $"/v1/cards/{main.Number}/recharges";

        var done = (await counter.Cashier.Post(path, TestCounter.Payment(5_000))).Is(HttpStatusCode.Created);
        var purse = TestCounter.Payment(5_000);
        purse["target"] = "purse";
        (await counter.Cashier.Post(path, purse)).IsRefused(HttpStatusCode.BadRequest, "unknown-field");

        Assert.Equal(5_000, done.Number("quotaBalance"));
        Assert.Equal((5_000, 0), (await counter.Quota(main), await counter.Balance(IssuanceAccounts.Card, main.Id)));
        await counter.BooksAreSound();
    }

    [Theory]
    [EachDatabase("recharges", "collections")]
    [Trait("Requirement", "FC-10.1"), Trait("Requirement", "FC-12.1")]
    public async Task A_card_that_is_present_is_enough_and_a_number_is_not(Database database, string what)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        var session = await counter.Present(card.Chip);
        var path = $"/v1/card-sessions/{session}/{what}";

        var done = (await counter.Cashier.Post(path, TestCounter.Payment(7_000))).Is(HttpStatusCode.Created);
        Assert.Equal((card.Number, 7_000), (done["cardNumber"], done.Number("quotaBalance")));

        var typed = TestCounter.Payment(7_000);
        typed["cardNumber"] = card.Number;
        (await counter.Cashier.Post(path, typed)).IsRefused(HttpStatusCode.BadRequest, "unknown-field");
        (await counter.Cashier.Post($"/v1/card-sessions/{card.Number}/{what}", TestCounter.Payment(1))).IsRefused(
            HttpStatusCode.NotFound,
            "card-session-not-found"
        );
        var expired = await counter.Present(await counter.IssuedCard(), TimeSpan.FromMinutes(11));
        (await counter.Cashier.Post($"/v1/card-sessions/{expired}/{what}", TestCounter.Payment(1))).IsRefused(
            HttpStatusCode.Conflict,
            "card-session-expired"
        );
        (await counter.Second.Post(path, TestCounter.Payment(1))).IsRefused(HttpStatusCode.NotFound, "card-session-not-found");
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-12.1")]
    public async Task Any_branch_collects_from_the_card_that_is_present(Database database)
    {
        await using var issuer = await TestCounter.Open(database);
        await using var other = await TestCounter.Open(database);
        var card = await issuer.IssuedCard(CardType.OrganisationMain);
        var session = await other.Present(card);

        (await other.Cashier.Post($"/v1/card-sessions/{session}/collections", TestCounter.Payment(300))).Is(HttpStatusCode.Created);

        Assert.Equal(300, await issuer.Quota(card));
        Assert.Equal(-300, await other.Balance(CounterAccounts.Drawer, other.Cashier.Id));
        await other.BooksAreSound();
    }

    [Theory]
    [EachDatabase("recharges", "collections")]
    [Trait("Requirement", "PL-03.6")]
    public async Task Retries_and_races_with_one_key_book_once(Database database, string what)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var session = await counter.Present(card);
        Task<Answered> Book(string key, long fen) =>
            counter.Cashier.Post($"/v1/card-sessions/{session}/{what}", TestCounter.Payment(fen), key);

        await Retries.GiveTheFirstAnswerAgain(key => Book(key, 100));
        await Retries.RefuseAnotherBody(key => Book(key, 10), key => Book(key, 11));
        await Retries.BookOnce(key => Book(key, 1));
        var answers = await Retries.AtOnceWithOwnKeys((_, key) => Book(key, 1_000));

        Assert.All(answers, a => a.Is(HttpStatusCode.Created));
        Assert.Equal(16_111, await counter.Quota(card));
        await counter.BooksAreSound();
    }

    [Theory]
    [EachDatabase("recharges", "collections")]
    [Trait("Requirement", "FC-09.4"), Trait("Requirement", "FC-10.1"), Trait("Requirement", "FC-12.1")]
    public async Task Only_an_organisation_with_vat_invoices_gives_no_oil_type(Database database, string what)
    {
        await using var counter = await TestCounter.Open(database);
        var vat = await counter.IssuedCard(CardType.OrganisationSingle, InvoiceType.Vat);
        var ordinary = await counter.IssuedCard(CardType.OrganisationSingle);
        var without = TestCounter.Payment(100);
        without.Remove("oilType");

        async Task<Answered> Pay(IssuedCard card, object body) =>
            await counter.Cashier.Post($"/v1/card-sessions/{await counter.Present(card)}/{what}", body);

        (await Pay(vat, without)).Is(HttpStatusCode.Created);
        (await Pay(vat, TestCounter.Payment(100))).IsRefused(HttpStatusCode.UnprocessableEntity, "vat-customer-gives-no-oil-type");
        (await Pay(ordinary, without)).IsRefused(HttpStatusCode.UnprocessableEntity, "oil-type-required");
        (await counter.Cashier.Post($"/v1/cards/{ordinary.Number}/recharges", without)).IsRefused(
            HttpStatusCode.UnprocessableEntity,
            "oil-type-required"
        );
        (await Pay(ordinary, TestCounter.Payment(100))).Is(HttpStatusCode.Created);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.10"), Trait("Requirement", "FC-10.1")]
    public async Task The_state_that_stands_against_it_is_named(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        CardState[] states = [CardState.Lost, CardState.Damaged, CardState.Expired, CardState.Closed, CardState.Blocked];
        foreach (var state in states)
        {
            var card = await counter.IssuedCard(change: c => c.State = state);
            var session = await counter.Present(card);
            var byCard = await counter.Cashier.Post($"/v1/card-sessions/{session}/recharges", TestCounter.Payment(100));
            var byNumber = await counter.Cashier.Post($"/v1/cards/{card.Number}/recharges", TestCounter.Payment(100));

            Assert.Equal(HttpStatusCode.Conflict, byCard.Status);
            Assert.Contains(Json.Name(state), byCard.Text, StringComparison.Ordinal);
            Assert.Equal(byCard.Code, byNumber.Code);
            Assert.Equal(0, await counter.Quota(card));
        }
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-13.2"), Trait("Requirement", "FC-14.1")]
    public async Task A_multi_user_customer_allocates_with_its_main_card_present(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var sub = await counter.AnotherCard(main);
        var stranger = await counter.IssuedCard(CardType.PersonalMain);
        await counter.Collected(main, 1_000);
        var lines = new[] { new { cardNumber = sub.Number, amount = 100 } };
        var byCode = $"/v1/customers/{main.CustomerCode}/allocations";

        (await counter.Cashier.Post(byCode, new { lines })).IsRefused(HttpStatusCode.Conflict, "main-card-must-be-present");
        foreach (var wrong in (IssuedCard[])[sub, stranger])
        {
            var body = new { cardSessionId = await counter.Present(wrong), lines };
            (await counter.Cashier.Post(byCode, body)).IsRefused(HttpStatusCode.Conflict, "main-card-must-be-present");
        }

        var bySub = $"/v1/card-sessions/{await counter.Present(sub)}/allocations";
        (await counter.Cashier.Post(bySub, new { lines })).IsRefused(HttpStatusCode.Conflict, "main-card-must-be-present");
        var present = await counter.Present(main);
        (await counter.Cashier.Post(byCode, new { cardSessionId = present, lines })).Is(HttpStatusCode.Created);
        (await counter.Cashier.Post($"/v1/card-sessions/{present}/allocations", new { lines })).Is(HttpStatusCode.Created);

        Assert.Equal((800, 200), (await counter.Quota(main), await counter.Reserve(sub)));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-13.2"), Trait("Requirement", "FC-14.1"), Trait("Requirement", "PL-03.6")]
    public async Task A_single_user_customer_allocates_by_code_or_with_its_card_and_never_too_much(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 1_000);
        var session = await counter.Present(card);
        Task<Answered> Book(string key, long fen) =>
            counter.Cashier.Post(
                $"/v1/card-sessions/{session}/allocations",
                new { lines = new[] { new { cardNumber = card.Number, amount = fen } } },
                key
            );

        (await counter.Allocate(card, 100)).Is(HttpStatusCode.Created);
        await Retries.GiveTheFirstAnswerAgain(key => Book(key, 100));
        await Retries.BookOnce(key => Book(key, 100));
        var answers = await Retries.AtOnceWithOwnKeys((_, key) => Book(key, 300));

        Assert.Equal(2, answers.Count(a => a.Status == HttpStatusCode.Created));
        Assert.Equal((100, 900), (await counter.Quota(card), await counter.Reserve(card)));
        await counter.BooksAreSound();
    }
}
