// Slices: VoidCollection, CheckCorrection.
using System.Net;
using Counter.Payments;
using Platform.Problems;

namespace Api.Tests.Funding;

public sealed class VoidCollectionTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-17.1"), Trait("Requirement", "FC-17.2"), Trait("Requirement", "FC-17.4"), Trait("Requirement", "PL-02.5")]
    public async Task A_void_takes_the_money_back_with_the_approval_of_a_second_operator(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 300);
        var serial = await counter.Collected(card, 500);

        var done = (await counter.Void(card, serial, 500)).Is(HttpStatusCode.Created);

        Assert.Equal(serial, done["correctsSerialNumber"]);
        Assert.Equal(300, done.Number("quotaBalance"));
        Assert.Equal(300, await counter.Quota(card));
        Assert.Equal(-300, await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id));
        var shown = (await counter.Cashier.Get($"/v1/transactions/{done.SerialNumber}")).Is(HttpStatusCode.OK);
        Assert.Equal(counter.Cashier.Login, shown["requestedBy"]);
        Assert.Equal(counter.Second.Login, shown["approvedBy"]);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-17.4"), Trait("Requirement", "PL-02.1")]
    public async Task Without_an_approval_nothing_is_booked(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var serial = await counter.Collected(card, 500);

        var asked = await counter.Cashier.Post(Path(serial), TestCounter.Correction(card, 500));

        asked.IsRefused(HttpStatusCode.Forbidden, "approval-required");
        Assert.Equal("void-collection", asked["action"]);
        Assert.Equal(64, asked["digest"].Length);
        Assert.Equal("none", asked["outcome"]);
        Assert.Equal(500, await counter.Quota(card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-02.4")]
    public async Task An_approval_is_for_its_own_request_alone_and_good_once(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var (first, second) = (await counter.Collected(card, 500), await counter.Collected(card, 500));
        var asked = await counter.Cashier.Post(Path(first), TestCounter.Correction(card, 500));
        var token = await counter.Cashier.Approve(asked, counter.Second);

        (await counter.Cashier.Post(Path(second), TestCounter.Correction(card, 500), approval: token)).IsRefused(
            HttpStatusCode.Forbidden,
            "approval-invalid"
        );
        (await counter.Cashier.Post(Path(first), TestCounter.Correction(card, 500), approval: token)).Is(HttpStatusCode.Created);
        (await counter.Cashier.Post(Path(first), TestCounter.Correction(card, 500), approval: token)).IsRefused(
            HttpStatusCode.Conflict,
            "approval-used"
        );

        Assert.Equal(500, await counter.Quota(card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6"), Trait("Requirement", "PL-03.5")]
    public async Task A_retry_gives_the_first_answer_and_a_second_void_is_refused(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var serial = await counter.Collected(card, 500);
        var body = TestCounter.Correction(card, 500);
        var token = await counter.Cashier.Approve(await counter.Cashier.Post(Path(serial), body), counter.Second);

        await Retries.GiveTheFirstAnswerAgain(key => counter.Cashier.Post(Path(serial), body, key, token));

        (await counter.Void(card, serial, 500)).IsRefused(HttpStatusCode.Conflict, "already-corrected");
        Assert.Equal(0, await counter.Quota(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6"), Trait("Requirement", "PL-02.4")]
    public async Task Sixteen_at_once_with_one_key_or_one_approval_book_once(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 10_000);
        var (first, second) = (await counter.Collected(card, 500), await counter.Collected(card, 500));
        var body = TestCounter.Correction(card, 500);
        var token = await counter.Cashier.Approve(await counter.Cashier.Post(Path(first), body), counter.Second);
        await Retries.BookOnce(key => counter.Cashier.Post(Path(first), body, key, token));

        token = await counter.Cashier.Approve(await counter.Cashier.Post(Path(second), body), counter.Second);
        var answers = await Retries.AtOnceWithOwnKeys((_, key) => counter.Cashier.Post(Path(second), body, key, token));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => Assert.Contains(a.Code, NoSecond));
        Assert.Equal(10_000, await counter.Quota(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.5")]
    public async Task Sixteen_at_once_with_sixteen_keys_and_approvals_book_one_void(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 10_000);
        var serial = await counter.Collected(card, 500);
        var body = TestCounter.Correction(card, 500);
        var tokens = await counter.Cashier.Approvals(Path(serial), body, counter.Second, 16);

        var answers = await Retries.AtOnceWithOwnKeys((i, key) => counter.Cashier.Post(Path(serial), body, key, tokens[i]));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => a.IsRefused(HttpStatusCode.Conflict, "already-corrected"));
        Assert.Equal(10_000, await counter.Quota(card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-17.1")]
    public async Task Another_operator_or_branch_cannot_void(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var elsewhere = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var serial = await counter.Collected(card, 500);
        var body = TestCounter.Correction(card, 500);

        (await counter.Second.Post(Path(serial), body)).IsRefused(HttpStatusCode.Forbidden, "other-operator-collected");
        (await elsewhere.Cashier.Post(Path(serial), body)).IsRefused(HttpStatusCode.Forbidden, "other-branch-collected");

        Assert.Equal(500, await counter.Quota(card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-17.1")]
    public async Task Card_payment_method_and_amount_must_be_those_of_the_collection(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var other = await counter.IssuedCard();
        var serial = await counter.Collected(card, 500);

        var wrong = await counter.Cashier.Post(Path(serial), TestCounter.Correction(other, 501, "transfer"));

        wrong.IsRefused(HttpStatusCode.UnprocessableEntity, "collection-mismatch");
        Assert.Equal(["cardNumber", "paymentMethod", "amount"], wrong.Body["fields"]!.AsArray().Select(f => f!.GetValue<string>()));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-17.2"), Trait("Requirement", "FC-17.7"), Trait("Requirement", "FC-17.8")]
    public async Task Money_that_went_to_a_reserve_account_must_first_come_back(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var serial = await counter.Collected(card, 500);
        (await counter.Allocate(card, 450)).Is(HttpStatusCode.Created);

        var refused = (await counter.Void(card, serial, 500)).IsRefused(HttpStatusCode.Conflict, "quota-too-small-for-void");
        Assert.Equal((500, 50, 450), (refused.Number("needed"), refused.Number("quotaBalance"), refused.Number("missing")));
        Assert.Equal(450, refused.Number("inReserve"));

        var check = (await counter.Cashier.Get($"/v1/transactions/{serial}/correction")).Is(HttpStatusCode.OK).Body;
        Assert.Equal("void", check["kind"]!.GetValue<string>());
        Assert.False(check["possible"]!.GetValue<bool>());
        Assert.Equal("quota-too-small-for-void", check["obstacles"]![0]!["code"]!.GetValue<string>());
        var step = Assert.Single(check["steps"]!.AsArray())!;
        Assert.Equal(
            ("returnReserve", card.Number, 450L),
            (step["kind"]!.GetValue<string>(), step["cardNumber"]!.GetValue<string>(), step["amount"]!.GetValue<long>())
        );

        (await counter.Cashier.Post($"/v1/cards/{card.Number}/returns", new { amount = 450 })).Is(HttpStatusCode.Created);
        (await counter.Void(card, serial, 500)).Is(HttpStatusCode.Created);

        Assert.Equal((0, 0), (await counter.Quota(card), await counter.Reserve(card)));
        check = (await counter.Cashier.Get($"/v1/transactions/{serial}/correction")).Is(HttpStatusCode.OK).Body;
        Assert.Equal("already-corrected", check["obstacles"]![0]!["code"]!.GetValue<string>());
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-17.8")]
    public async Task Money_in_transit_is_not_spent_the_check_names_the_operation_and_says_to_read_the_card_again(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        var paid = await counter.Cashier.Post($"/v1/cards/{card.Number}/collections", TestCounter.Payment(100_000));
        var serial = paid.Is(HttpStatusCode.Created).SerialNumber;
        var lines = new { lines = new[] { new { cardNumber = card.Number, amount = 30_000 } } };
        (await counter.Cashier.Post($"/v1/customers/{card.CustomerCode}/allocations", lines)).Is(HttpStatusCode.Created);
        var load = (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted);
        await counter.RunTorn(card.Chip, load, apdu: 6, after: true);
        var operation = load.Body["operation"]!["operationId"]!.GetValue<string>();

        var check = (await counter.Cashier.Get($"/v1/transactions/{serial}/correction")).Is(HttpStatusCode.OK).Body;

        Assert.Equal((30_000L, 0L), (check["missing"]!.GetValue<long>(), check["spent"]!.GetValue<long>()));
        Assert.Equal(
            [$"1 returnReserve {card.Number} 10000 ", $"2 rereadCard {card.Number} 20000 {operation}"],
            check["steps"]!.AsArray().Select(s => $"{s!["order"]} {s["kind"]} {s["cardNumber"]} {s["amount"]} {s["operationId"]}")
        );
        var obstacle = Assert.Single(check["obstacles"]!.AsArray())!;
        Assert.Equal("quota-too-small-for-void", obstacle["code"]!.GetValue<string>());
        Assert.Equal(operation, Assert.Single(obstacle["operationIds"]!.AsArray())!.GetValue<string>());

        await counter.SettleAll(card.Chip, card.Number);
        check = (await counter.Cashier.Get($"/v1/transactions/{serial}/correction")).Is(HttpStatusCode.OK).Body;
        Assert.DoesNotContain(check["steps"]!.AsArray(), s => s!["kind"]!.GetValue<string>() == "rereadCard");
        Assert.Equal(0, check["spent"]!.GetValue<long>());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-17.8")]
    public async Task Of_voids_that_race_for_the_last_money_each_loser_hears_that_it_is_corrected(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var serial = await counter.Collected(card, 500);
        var approvals = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            approvals.Add(
                await counter.Cashier.Approve(await counter.Cashier.Post(Path(serial), TestCounter.Correction(card, 500)), counter.Second)
            );
        }

        var answers = await Task.WhenAll(
            approvals.Select(a => Task.Run(() => counter.Cashier.Post(Path(serial), TestCounter.Correction(card, 500), approval: a)))
        );

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => a.IsRefused(HttpStatusCode.Conflict, "already-corrected"));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    public async Task Only_a_collection_can_be_voided(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 500);
        var allocation = (await counter.Allocate(card, 100)).Is(HttpStatusCode.Created).SerialNumber;
        var body = TestCounter.Correction(card, 100);

        (await counter.Cashier.Post(Path(allocation), body)).IsRefused(HttpStatusCode.Conflict, "not-a-collection");
        (await counter.Cashier.Post(Path(SerialNumber.Of(1)), body)).IsRefused(HttpStatusCode.NotFound, "transaction-not-found");
        (await counter.Cashier.Post(Path("123"), body)).IsRefused(HttpStatusCode.BadRequest, "validation-failed");
    }

    private static readonly string[] NoSecond = ["approval-used", "already-corrected", "concurrent-change"];

    private static string Path(string serialNumber) => $"/v1/transactions/{serialNumber}/void";
}
