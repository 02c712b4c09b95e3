// Slices: UploadConsumption, ListConsumption, ListSetAsideConsumption.
using System.Net;
using System.Text.Json.Nodes;
using Customers;
using Funding;
using Issuance.Cards;
using Platform.Cards.Cryptography.Profiles;
using Platform.Idempotency;

namespace Api.Tests.Funding;

public sealed class UploadConsumptionTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-39.1"), Trait("Requirement", "FC-39.2")]
    public async Task What_the_chip_paid_is_taken_from_the_card_account_once_in_any_order(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 100_000, points: 500);
        await counter.Run(card.Chip, (await counter.StartLoad(card, 50_000)).Is(HttpStatusCode.Accepted));
        JsonObject[] bought = [StationUploads.Buy(card.Chip, 1_000), StationUploads.Buy(card.Chip, 200), StationUploads.Buy(card.Chip, 30)];
        var points = StationUploads.Buy(card.Chip, 40, CardApplication.Points);

        Assert.Equal((1, 0, 0, 0), StationUploads.Counts((await counter.Upload([bought[2]])).Is(HttpStatusCode.OK)));
        Assert.Equal((3, 1, 0, 0), StationUploads.Counts((await counter.Upload([points, .. bought])).Is(HttpStatusCode.OK)));

        Assert.Equal(48_770, ChipCards.Balance(card.Chip));
        Assert.Equal((48_770, 460), await Purse(counter, card));
        var listed = (await counter.Cashier.Get($"/v1/cards/{card.Number}/consumption?limit=3")).Is(HttpStatusCode.OK).Body;
        Assert.Equal(3, listed["items"]!.AsArray().Count);
        var rest = await counter.Cashier.Get($"/v1/cards/{card.Number}/consumption?limit=3&after={listed["next"]}");
        var last = Assert.Single(rest.Is(HttpStatusCode.OK).Body["items"]!.AsArray())!;
        Assert.Equal("booked", last["state"]!.GetValue<string>());
        (await counter.Cashier.Get($"/v1/transactions/{last["serialNumber"]}")).Is(HttpStatusCode.OK);
        var first = listed["items"]![0]!;
        var shown = (await counter.Cashier.Get($"/v1/transactions/{first["serialNumber"]}")).Is(HttpStatusCode.OK);
        var owed = shown.Body["entries"]!.AsArray().Single(e => e!["account"]!.GetValue<string>() == "consumption")!;
        Assert.Equal(first["stationCode"]!.GetValue<string>(), owed["owner"]!.GetValue<string>());
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.4")]
    public async Task A_transaction_names_the_station_also_where_a_branch_has_its_number_for_an_id(Database database)
    {
        // A station's account belongs to the number of its code, and the id of headquarters is 1.
        const string Station = "00000001";
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Loaded(card, 10_000);
        Assert.Equal(1, StationUploads.Counts(await counter.Upload([StationUploads.Made(card.Number, 1, 4_000, Station)])).Booked);
        var booked = (await counter.Cashier.Get($"/v1/cards/{card.Number}/transactions?type=consumption")).Is(HttpStatusCode.OK);
        var serial = booked.Body["items"]![0]!["serialNumber"]!.GetValue<string>();

        var found = (await counter.Cashier.Get($"/v1/transactions/{serial}")).Is(HttpStatusCode.OK);

        Assert.Equal(
            [$"card {card.Number} -4000", $"consumption {Station} 4000"],
            found.Body["entries"]!.AsArray().Select(e => $"{e!["account"]} {e["owner"]} {e["amount"]}")
        );
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-39.1")]
    public async Task A_record_that_fails_is_set_aside_once_with_its_reason_and_refuses_none_of_its_neighbours(Database database)
    {
        await using var host = await TestHost.Start(database);
        await using var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        await counter.Loaded(card, 10_000);
        var good = StationUploads.Made(card.Number, 1, 4_000);
        var wrongTac = With(StationUploads.Made(card.Number, 2, 100), "tac", "00000000");
        var wrongAmount = With(StationUploads.Made(card.Number, 3, 100), "amount", 99);
        var unknown = StationUploads.Made($"100011090000000{Luhn.CheckDigit("100011090000000")}", 4, 100);
        var malformed = With(StationUploads.Made(card.Number, 5, 100), "terminal", "xyz");
        var otherContent = StationUploads.Made(card.Number, 1, 4_001);
        var tooMuch = StationUploads.Made(card.Number, 6, 6_001);
        var rest = StationUploads.Made(card.Number, 7, 6_000);
        JsonNode[] all = [wrongTac, good, wrongAmount, unknown, malformed, otherContent, tooMuch, rest];

        var answer = (await counter.Upload(all)).Is(HttpStatusCode.OK);

        Assert.Equal((2, 0, 0, 6), StationUploads.Counts(answer));
        string[] reasons = ["0 wrongTac", "2 wrongTac", "3 unknownCard", "4 malformed", "5 counterUsed", "6 cardAccountTooSmall"];
        Assert.Equal(reasons, answer.Body["notBooked"]!.AsArray().Select(n => $"{n!["index"]} {n["reason"]}"));
        Assert.Equal(0, await counter.CardAccount(card));
        Assert.Equal(10_000, await counter.Balance(FundingAccounts.Consumption, 10_010_001));

        Assert.Equal((0, 2, 0, 6), StationUploads.Counts(await counter.Upload(all)));
        var aside = (await counter.Cashier.Get("/v1/consumption/set-aside")).Is(HttpStatusCode.OK).Body["items"]!.AsArray();
        Assert.Equal(6, aside.Count);
        Assert.Equal("xyz", aside.Single(a => a!["reason"]!.GetValue<string>() == "malformed")!["record"]!["terminal"]!.GetValue<string>());

        // A load that was booked late: what was too much is booked now, and no longer listed.
        await counter.Loaded(card, 6_001);
        Assert.Equal((1, 2, 0, 5), StationUploads.Counts(await counter.Upload(all)));
        Assert.Equal(5, (await counter.Cashier.Get("/v1/consumption/set-aside")).Body["items"]!.AsArray().Count);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-39.1"), Trait("Requirement", "PL-03.6")]
    public async Task The_same_batch_16_times_at_once_from_two_processes_books_each_record_once(Database database)
    {
        await using var host = await TestHost.Start(database);
        await using var second = await TestHost.Start(database, host.ConnectionString);
        await using var counter = await TestCounter.Open(host);
        var elsewhere = await counter.CashierAt(second);
        var (cards, spent) = (new List<IssuedCard>(), Enumerable.Range(1, 60).Sum(n => 100L + n));
        for (var i = 0; i < 10; i++)
        {
            cards.Add(await counter.IssuedCard());
            await counter.Loaded(cards[^1], spent);
        }

        var batch = cards.SelectMany(c => Enumerable.Range(1, 60).Select(n => StationUploads.Made(c.Number, n, 100 + n))).ToList();
        var answers = await Retries.AtOnceWithOwnKeys(
            (i, key) => StationUploads.Upload(i % 2 == 0 ? counter.Cashier : elsewhere, Shuffled(batch, i), key)
        );

        Assert.All(answers, a => a.Is(HttpStatusCode.OK));
        Assert.Equal(batch.Count, answers.Sum(a => StationUploads.Counts(a).Booked));
        Assert.All(answers, a => Assert.Equal(batch.Count, StationUploads.Counts(a).Booked + StationUploads.Counts(a).Already));
        foreach (var card in cards)
        {
            Assert.Equal(0, await counter.CardAccount(card));
        }

        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-39.1"), Trait("Requirement", "PL-03.6")]
    public async Task One_upload_sent_16_times_at_once_under_its_key_has_one_answer(Database database)
    {
        await using var host = await TestHost.Start(database);
        await using var second = await TestHost.Start(database, host.ConnectionString);
        await using var counter = await TestCounter.Open(host);
        var elsewhere = await counter.CashierAt(second);
        var card = await counter.IssuedCard();
        await counter.Loaded(card, 1_500);
        var (key, batch) = (Clerk.NewKey(), Enumerable.Range(1, 150).Select(n => StationUploads.Made(card.Number, n, 10)).ToList());

        var answers = await Retries.AtOnceWithOwnKeys(
            (i, _) => StationUploads.Upload(i % 2 == 0 ? counter.Cashier : elsewhere, batch, key)
        );

        var done = answers.Where(a => a.Status == HttpStatusCode.OK).ToList();
        Assert.All(answers.Except(done), a => a.IsRefused(HttpStatusCode.Conflict, "idempotency-key-in-use"));
        Assert.Equal((150, 0, 0, 0), StationUploads.Counts(done[0]));
        Assert.Single(done, a => !a.Replayed);
        Assert.Single(done.Select(a => a.Text).Distinct());
        Assert.Equal(0, await counter.CardAccount(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6"), Trait("Requirement", "FC-39.1")]
    public async Task A_key_belongs_to_one_batch_and_gives_its_first_answer_again(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Loaded(card, 10_000);
        var (key, batch) = (Clerk.NewKey(), new[] { StationUploads.Made(card.Number, 1, 100), StationUploads.Made(card.Number, 2, 200) });

        var first = (await counter.Upload(batch, key)).Is(HttpStatusCode.OK);
        var again = (await counter.Upload(batch, key)).Is(HttpStatusCode.OK);
        Assert.Equal((first.Text, true), (again.Text, again.Replayed));
        (await counter.Upload([StationUploads.Made(card.Number, 3, 300)], key)).IsRefused(
            HttpStatusCode.UnprocessableEntity,
            "idempotency-key-reused"
        );
        Assert.Equal(9_700, await counter.CardAccount(card));

        // The answer was lost with its process after the records were booked: the same sending knows its own records again.
        await using (var db = await counter.Host.OpenDatabase())
        {
            db.Remove(db.Set<IdempotencyRecord>().Single(r => r.Key == key));
            await db.SaveChangesAsync();
        }

        var after = (await counter.Upload(batch, key)).Is(HttpStatusCode.OK);
        Assert.Equal((first.Text, false), (after.Text, after.Replayed));
        Assert.Equal(9_700, await counter.CardAccount(card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-39.1"), Trait("Requirement", "FC-39.2")]
    public async Task Ten_thousand_records_of_two_hundred_cards_closed_ones_too_are_booked_and_one_more_is_refused(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var cards = new List<IssuedCard>();
        for (var i = 0; i < 200; i++)
        {
            var state = i % 2 == 0 ? CardState.Active : CardState.Closed;
            cards.Add(await counter.IssuedCard(change: c => c.State = state));
            await counter.Loaded(cards[^1], 5_000);
        }

        var batch = Enumerable.Range(0, 10_000).Select(i => StationUploads.Made(cards[i % 200].Number, 1 + (i / 200), 100)).ToList();
        Assert.Equal((10_000, 0, 0, 0), StationUploads.Counts((await counter.Upload(batch)).Is(HttpStatusCode.OK)));

        Assert.Equal(0, await counter.CardAccount(cards[0]));
        Assert.Equal(0, await counter.CardAccount(cards[^1]));
        var more = await counter.Upload([.. batch, StationUploads.Made(cards[0].Number, 99, 1)]);
        more.IsRefused(HttpStatusCode.BadRequest, "validation-failed");
        await counter.BooksAreSound();
    }

    private static async Task<(long Money, long Points)> Purse(TestCounter counter, ChipCard card)
    {
        var shown = (await counter.Customer(card.CustomerCode))["cards"]![0]!;
        return (shown["purse"]!.GetValue<long>(), shown["pursePoints"]!.GetValue<long>());
    }

    private static JsonObject With(JsonObject record, string field, JsonNode value)
    {
        record[field] = value;
        return record;
    }

    private static JsonObject[] Shuffled(List<JsonObject> batch, int seed)
    {
        var order = batch.ToArray();
        new Random(seed).Shuffle(order);
        return order;
    }
}
