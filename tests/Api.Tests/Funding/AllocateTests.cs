// Slices: Allocate, ReturnReserve.
using System.Net;
using Issuance.Cards;

namespace Api.Tests.Funding;

public sealed class AllocateTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-13.1"), Trait("Requirement", "PL-03.1")]
    public async Task Money_goes_to_the_reserve_accounts_of_several_cards_in_one_operation(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var sub = await counter.AnotherCard(main);
        await counter.Collected(main, 1_000);

        var done = (await Book(counter, main, (main, 300), (sub, 700))).Is(HttpStatusCode.Created);

        Assert.Equal((1_000, 0), (done.Number("amount"), done.Number("quotaBalance")));
        Assert.Equal((0, 300, 700), (await counter.Quota(main), await counter.Reserve(main), await counter.Reserve(sub)));
        var shown = (await counter.Cashier.Get(done.Location!.OriginalString)).Is(HttpStatusCode.OK).Body["entries"]!.AsArray();
        Assert.Equal(3, shown.Count);
        Assert.Contains(shown, e => e!["owner"]!.GetValue<string>() == sub.Number && e["amount"]!.GetValue<long>() == 700);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-13.4")]
    public async Task Each_bad_line_is_named_and_none_is_booked(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var lost = await counter.AnotherCard(main, change: c => c.State = CardState.Lost);
        var stranger = await counter.IssuedCard();
        await counter.Collected(main, 1_000);
        var unknown = main with { Number = "9999999999999995" };

        var refused = await Book(counter, main, (main, 1), (lost, 1), (stranger, 1), (unknown, 1), (main, 1));

        refused.IsRefused(HttpStatusCode.Conflict, "allocation-lines-invalid");
        Assert.Equal(
            ["1 card-lost", "2 other-customers-card", "3 card-not-found", "4 card-twice"],
            refused.Body["lines"]!.AsArray().Select(l => $"{l!["line"]} {l["code"]}")
        );
        Assert.Equal((1_000, 0), (await counter.Quota(main), await counter.Reserve(main)));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-13.4")]
    public async Task Lines_that_together_exceed_the_quota_balance_are_refused(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var sub = await counter.AnotherCard(main);
        await counter.Collected(main, 1_000);

        var refused = await Book(counter, main, (main, 501), (sub, 500));

        refused.IsRefused(HttpStatusCode.Conflict, "allocation-exceeds-quota");
        Assert.Equal((1_001, 1_000), (refused.Number("total"), refused.Number("quotaBalance")));
        Assert.Equal(1_000, await counter.Quota(main));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-13.7")]
    public async Task A_tried_allocation_shows_the_balances_after_it_and_books_nothing(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var sub = await counter.AnotherCard(main);
        await counter.Collected(main, 1_000);
        (await counter.Allocate(sub, 100)).Is(HttpStatusCode.Created);

        var tried = (await counter.Cashier.Post(Path(main) + "?dryRun=true", Lines((main, 300), (sub, 400)))).Is(HttpStatusCode.OK);

        Assert.Equal(200, tried.Number("quotaBalance"));
        Assert.Equal([300, 500], tried.Body["lines"]!.AsArray().Select(l => l!["reserveBalance"]!.GetValue<long>()));
        Assert.Null(tried.Body["serialNumber"]);
        Assert.Equal((900, 0, 100), (await counter.Quota(main), await counter.Reserve(main), await counter.Reserve(sub)));
        (await counter.Cashier.Post(Path(main) + "?dryRun=true", Lines((main, 901)))).IsRefused(
            HttpStatusCode.Conflict,
            "allocation-exceeds-quota"
        );
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6")]
    public async Task Retries_and_races_with_one_key_book_once(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 1_000);
        Task<Answered> Book(string key, long fen) => counter.Cashier.Post(Path(card), Lines((card, fen)), key);

        await Retries.GiveTheFirstAnswerAgain(key => Book(key, 100));
        await Retries.RefuseAnotherBody(key => Book(key, 100), key => Book(key, 101));
        await Retries.BookOnce(key => Book(key, 100));

        Assert.Equal((700, 300), (await counter.Quota(card), await counter.Reserve(card)));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6")]
    public async Task A_refused_allocation_leaves_its_key_free(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var key = Clerk.NewKey();
        (await counter.Cashier.Post(Path(card), Lines((card, 100)), key)).IsRefused(HttpStatusCode.Conflict, "allocation-exceeds-quota");
        await counter.Collected(card, 100);

        Assert.False((await counter.Cashier.Post(Path(card), Lines((card, 100)), key)).Is(HttpStatusCode.Created).Replayed);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.3")]
    public async Task Sixteen_at_once_never_allocate_more_than_there_is(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 1_000);

        var answers = await Retries.AtOnceWithOwnKeys((_, key) => counter.Cashier.Post(Path(card), Lines((card, 300)), key));

        Assert.Equal(3, answers.Count(a => a.Status == HttpStatusCode.Created));
        Assert.All(
            answers.Where(a => a.Status != HttpStatusCode.Created),
            a => a.IsRefused(HttpStatusCode.Conflict, "allocation-exceeds-quota")
        );
        Assert.Equal((100, 900), (await counter.Quota(card), await counter.Reserve(card)));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    public async Task Lines_are_held_within_their_limits(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();

        (await counter.Cashier.Post(Path(card), Lines())).IsRefused(HttpStatusCode.BadRequest, "validation-failed");
        (await counter.Cashier.Post(Path(card), Lines((card, 0)))).IsRefused(HttpStatusCode.BadRequest, "validation-failed");
        (await counter.Cashier.Post(Path(card), Lines((card, 100_000_001)))).IsRefused(HttpStatusCode.BadRequest, "validation-failed");
        var many = Enumerable.Repeat((card, 1L), 201).ToArray();
        (await counter.Cashier.Post(Path(card), Lines(many))).IsRefused(HttpStatusCode.BadRequest, "validation-failed");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-17.7"), Trait("Requirement", "PL-03.6"), Trait("Requirement", "PL-03.3")]
    public async Task Sixteen_returns_at_once_never_take_more_than_the_reserve_holds(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 1_000);
        (await counter.Allocate(card, 1_000)).Is(HttpStatusCode.Created);
        Task<Answered> Return(string key, long fen) => counter.Cashier.Post($"/v1/cards/{card.Number}/returns", new { amount = fen }, key);

        await Retries.GiveTheFirstAnswerAgain(key => Return(key, 100));
        await Retries.RefuseAnotherBody(key => Return(key, 50), key => Return(key, 51));
        await Retries.BookOnce(key => Return(key, 50));
        var answers = await Retries.AtOnceWithOwnKeys((_, key) => Return(key, 300));

        Assert.Equal(2, answers.Count(a => a.Status == HttpStatusCode.Created));
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => a.IsRefused(HttpStatusCode.Conflict, "reserve-too-small"));
        Assert.Equal((800, 200), (await counter.Quota(card), await counter.Reserve(card)));
        await counter.BooksAreSound();
    }

    private static async Task<Answered> Book(TestCounter counter, IssuedCard main, params (IssuedCard Card, long Fen)[] lines)
    {
        var each = lines.Select(l => new { cardNumber = l.Card.Number, amount = l.Fen });
        return await counter.Cashier.Post(Path(main), new { cardSessionId = await counter.PresentMain(main), lines = each });
    }

    private static string Path(IssuedCard card) => $"/v1/customers/{card.CustomerCode}/allocations";

    private static object Lines(params (IssuedCard Card, long Fen)[] lines) =>
        new { lines = lines.Select(l => new { cardNumber = l.Card.Number, amount = l.Fen }) };
}
