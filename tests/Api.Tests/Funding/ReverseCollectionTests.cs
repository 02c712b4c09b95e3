using System.Net;
using Counter.Payments;

namespace Api.Tests.Funding;

public sealed class ReverseCollectionTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-18.1"), Trait("Requirement", "FC-18.2"), Trait("Requirement", "FC-17.4")]
    public async Task After_the_day_end_any_operator_of_the_branch_reverses_on_todays_date(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var serial = await counter.Collected(card, 500);
        var yesterday = (await counter.CloseDay()).Is(HttpStatusCode.Created);

        var asked = await counter.Second.Post(Path(serial), TestCounter.Correction(card, 500));
        Assert.Equal("reverse-collection", asked["action"]);
        var done = (await counter.Second.PostApproved(Path(serial), TestCounter.Correction(card, 500), counter.Cashier)).Is(
            HttpStatusCode.Created
        );

        Assert.Equal(yesterday["nextDate"], done["businessDate"]);
        Assert.Equal(0, await counter.Quota(card));
        Assert.Equal(500, await counter.Balance(CounterAccounts.Drawer, counter.Second.Id));
        var frozen = (await counter.Cashier.Get($"/v1/branch-days/{yesterday["businessDate"]}")).Is(HttpStatusCode.OK);
        Assert.Equal(yesterday.Text, frozen.Text);
        var today = (await counter.Cashier.Get("/v1/branch-days/current")).Is(HttpStatusCode.OK);
        Assert.Equal(done["businessDate"], today["businessDate"]);
        var total = Assert.Single(today.Body["totals"]!.AsArray())!;
        Assert.Equal(("reversal", 500), (total["type"]!.GetValue<string>(), total["amount"]!.GetValue<long>()));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-18.1"), Trait("Requirement", "FC-17.1")]
    public async Task A_void_is_before_the_day_end_and_a_reversal_after_it(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var serial = await counter.Collected(card, 500);
        (await counter.Reverse(card, serial, 500)).IsRefused(HttpStatusCode.Conflict, "day-still-open");
        (await counter.CloseDay()).Is(HttpStatusCode.Created);

        (await counter.Void(card, serial, 500)).IsRefused(HttpStatusCode.Conflict, "day-already-closed");
        var check = (await counter.Second.Get($"/v1/transactions/{serial}/correction")).Is(HttpStatusCode.OK).Body;
        Assert.Equal("reversal", check["kind"]!.GetValue<string>());
        Assert.True(check["possible"]!.GetValue<bool>());

        (await counter.Reverse(card, serial, 500)).Is(HttpStatusCode.Created);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-18.1")]
    public async Task Another_branch_cannot_reverse(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var elsewhere = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var serial = await counter.Collected(card, 500);
        (await counter.CloseDay()).Is(HttpStatusCode.Created);

        (await elsewhere.Cashier.Post(Path(serial), TestCounter.Correction(card, 500))).IsRefused(
            HttpStatusCode.Forbidden,
            "other-branch-collected"
        );
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6"), Trait("Requirement", "PL-03.5")]
    public async Task A_collection_is_reversed_once_however_often_it_is_sent(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 10_000);
        var (first, second) = (await counter.Collected(card, 500), await counter.Collected(card, 500));
        (await counter.CloseDay()).Is(HttpStatusCode.Created);
        var body = TestCounter.Correction(card, 500);

        var token = await counter.Cashier.Approve(await counter.Cashier.Post(Path(first), body), counter.Second);
        var done = await Retries.BookOnce(key => counter.Cashier.Post(Path(first), body, key, token));
        Assert.Equal(10_500, done.Number("quotaBalance"));

        var tokens = await counter.Cashier.Approvals(Path(second), body, counter.Second, 16);
        var answers = await Retries.AtOnceWithOwnKeys((i, key) => counter.Cashier.Post(Path(second), body, key, tokens[i]));
        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);

        Assert.Equal(10_000, await counter.Quota(card));
        await counter.BooksAreSound();
    }

    private static string Path(string serialNumber) => $"/v1/transactions/{serialNumber}/reversal";
}
