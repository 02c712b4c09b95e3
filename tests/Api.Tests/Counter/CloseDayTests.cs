// Slices: CloseDay, GetCurrentDay, GetDayEnd.
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Access.Branches;
using Counter.Payments;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Operations;

namespace Api.Tests.Counter;

public sealed class CloseDayTests
{
    private const string Path = "/v1/branch-days/current/close";

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-04.1")]
    public async Task Day_end_freezes_totals_per_operator_type_and_payment_method_and_opens_the_next_date(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 500);
        await counter.Collected(card, 300, "transfer");
        var voided = await counter.Collected(card, 200);
        (await counter.Void(card, voided, 200)).Is(HttpStatusCode.Created);
        (await counter.Second.Post($"/v1/cards/{card.Number}/collections", TestCounter.Payment(40))).Is(HttpStatusCode.Created);

        var closed = (await counter.CloseDay()).Is(HttpStatusCode.Created);

        var first = counter.Cashier.Login;
        string[] expected =
        [
            $"{first} collection cash 2 700",
            $"{first} collection transfer 1 300",
            $"{first} void cash 1 200",
            $"{counter.Second.Login} collection cash 1 40",
        ];
        Assert.Equal(expected.Order(), Totals(closed.Body).Order());
        Assert.Equal(Date(closed["businessDate"]).AddDays(1), Date(closed["nextDate"]));
        var now = (await counter.Cashier.Get("/v1/branch-days/current")).Is(HttpStatusCode.OK);
        Assert.Equal(closed["nextDate"], now["businessDate"]);
        Assert.Empty(now.Body["totals"]!.AsArray());
        var frozen = (await counter.Cashier.Get($"/v1/branch-days/{closed["businessDate"]}")).Is(HttpStatusCode.OK);
        Assert.Equal(closed.Text, frozen.Text);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-04.4")]
    public async Task Surplus_and_shortage_go_to_their_own_accounts_and_drawers_into_the_vault(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 500);
        (await counter.Second.Post($"/v1/cards/{card.Number}/collections", TestCounter.Payment(300))).Is(HttpStatusCode.Created);

        var closed = (await Close(counter, (counter.Cashier.Login, 510), (counter.Second.Login, 250))).Is(HttpStatusCode.Created);

        Assert.Equal([10, -50], closed.Body["cash"]!.AsArray().Select(c => c!["difference"]!.GetValue<long>()));
        Assert.Equal(0, await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id));
        Assert.Equal(0, await counter.Balance(CounterAccounts.Drawer, counter.Second.Id));
        Assert.Equal(-760, await counter.Balance(CounterAccounts.Vault, counter.BranchId));
        Assert.Equal(10, await counter.Balance(CounterAccounts.Surplus, counter.BranchId));
        Assert.Equal(-50, await counter.Balance(CounterAccounts.Shortage, counter.BranchId));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-04.4")]
    public async Task Every_operator_with_cash_must_be_counted(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 500);
        var key = Clerk.NewKey();

        var refused = (await counter.Cashier.Post(Path, await Body(counter), key)).IsRefused(HttpStatusCode.Conflict, "cash-not-counted");
        Assert.Equal([counter.Cashier.Login], refused.Body["operators"]!.AsArray().Select(o => o!.GetValue<string>()));
        (await Close(counter, (counter.Cashier.Login, 500), ("nobody", 1))).IsRefused(
            HttpStatusCode.UnprocessableEntity,
            "counted-operator-unknown"
        );

        (await counter.CloseDay(key)).Is(HttpStatusCode.Created);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6"), Trait("Requirement", "PL-04.1")]
    public async Task A_date_is_closed_once_however_often_it_is_sent(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await OpenYesterday(counter);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 500);
        var body = await Body(counter, (counter.Cashier.Login, 500));
        var closed = await Retries.BookOnce(key => counter.Cashier.Post(Path, body, key));
        (await counter.Cashier.Post(Path, body)).IsRefused(HttpStatusCode.Conflict, "day-not-open");

        body = await Body(counter);
        var answers = await Retries.AtOnceWithOwnKeys((_, key) => counter.Cashier.Post(Path, body, key));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => a.IsRefused(HttpStatusCode.Conflict, "day-not-open"));
        var open = (await counter.Cashier.Get("/v1/branch-days/current")).Is(HttpStatusCode.OK)["businessDate"];
        Assert.Equal(Date(closed["businessDate"]).AddDays(2), Date(open));
        Assert.Equal(ChinaCalendar.Today(TimeProvider.System).AddDays(1), Date(open));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-04.3")]
    public async Task Bookings_that_race_with_the_closing_are_each_on_one_date_and_in_one_total(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var body = await Body(counter);
        var closing = new TaskCompletionSource<Answered>();
        var collections = Enumerable.Range(0, 200).Select(i => Task.Run(() => CollectAndClose(counter, card, i, body, closing)));

        var booked = await Task.WhenAll(collections);
        var closed = (await closing.Task).Is(HttpStatusCode.Created);

        Assert.All(booked, b => b.Is(HttpStatusCode.Created));
        var now = (await counter.Cashier.Get("/v1/branch-days/current")).Is(HttpStatusCode.OK);
        var before = booked.Where(b => b["businessDate"] == closed["businessDate"]).ToList();
        var after = booked.Where(b => b["businessDate"] == closed["nextDate"]).ToList();
        Assert.Equal(200, before.Count + after.Count);
        Assert.Equal((before.Count, before.Sum(b => b.Number("amount"))), Sum(closed.Body));
        Assert.Equal((after.Count, after.Sum(b => b.Number("amount"))), Sum(now.Body));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-04.3"), Trait("Requirement", "FC-17.1")]
    public async Task A_void_that_races_with_the_closing_is_on_the_collections_date_or_refused(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var voids = new List<(string Serial, string Token)>();
        for (var i = 0; i < 16; i++)
        {
            var serial = await counter.Collected(card, 100, "transfer");
            var asked = await counter.Cashier.Post(VoidPath(serial), TestCounter.Correction(card, 100, "transfer"));
            voids.Add((serial, await counter.Cashier.Approve(asked, counter.Second)));
        }

        var body = await Body(counter);
        var voiding = voids.ConvertAll(v =>
            Task.Run(() => counter.Cashier.Post(VoidPath(v.Serial), TestCounter.Correction(card, 100, "transfer"), approval: v.Token))
        );
        // The first is answered before the day is closed.
        await Task.WhenAny(voiding);
        var closed = (await counter.Cashier.Post(Path, body)).Is(HttpStatusCode.Created);
        var answers = await Task.WhenAll(voiding);

        var done = answers.Where(a => a.Status == HttpStatusCode.Created).ToList();
        Assert.NotEmpty(done);
        Assert.All(done, a => Assert.Equal(closed["businessDate"], a["businessDate"]));
        Assert.All(answers.Except(done), a => a.IsRefused(HttpStatusCode.Conflict, "day-already-closed"));
        var line = closed.Body["totals"]!.AsArray().SingleOrDefault(t => t!["type"]!.GetValue<string>() == "void");
        Assert.Equal(done.Count, line?["count"]!.GetValue<int>() ?? 0);
        Assert.Equal(1_600 - (100 * done.Count), await counter.Quota(card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-04.2")]
    public async Task Unresolved_card_operations_hold_the_day_open_unless_an_approver_carries_them_over(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await AddUnresolved(counter, card);

        var refused = (await counter.CloseDay()).IsRefused(HttpStatusCode.Conflict, "card-operations-unresolved");
        Assert.Equal(card.Number, refused.Body["operations"]![0]!["cardNumber"]!.GetValue<string>());
        var body = await Body(counter);
        body["carryOver"] = true;

        (await counter.Cashier.Post(Path, body)).IsRefused(HttpStatusCode.Forbidden, "approval-required");
        var closed = (await counter.Cashier.PostApproved(Path, body, counter.Second)).Is(HttpStatusCode.Created);
        var shown = (await counter.Cashier.Get($"/v1/transactions/{closed.SerialNumber}")).Is(HttpStatusCode.OK);
        Assert.Equal(counter.Second.Login, shown["approvedBy"]);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-04.1")]
    public async Task A_date_after_the_calendars_is_closed_only_as_an_approver_says(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        (await counter.Cashier.Post(Path, await Body(counter))).Is(HttpStatusCode.Created);
        var tomorrow = await Body(counter);

        var asked = (await counter.Cashier.Post(Path, tomorrow)).IsRefused(HttpStatusCode.Forbidden, "approval-required");
        Assert.Equal("close-day-ahead", asked["action"]);
        await AddUnresolved(counter, card);
        tomorrow["carryOver"] = true;
        var both = (await counter.Cashier.Post(Path, tomorrow)).IsRefused(HttpStatusCode.Forbidden, "approval-required");
        Assert.Equal("close-day-ahead-and-carry-over", both["action"]);
        var closed = (await counter.Cashier.PostApproved(Path, tomorrow, counter.Second)).Is(HttpStatusCode.Created);

        var shown = (await counter.Cashier.Get($"/v1/transactions/{closed.SerialNumber}")).Is(HttpStatusCode.OK);
        Assert.Equal(counter.Second.Login, shown["approvedBy"]);
    }

    private static async Task OpenYesterday(TestCounter counter)
    {
        await using var db = await counter.Host.OpenDatabase();
        var yesterday = ChinaCalendar.Today(TimeProvider.System).AddDays(-1);
        await db.Set<BranchDay>()
            .Where(d => d.BranchId == counter.BranchId)
            .ExecuteUpdateAsync(u => u.SetProperty(d => d.BusinessDate, yesterday));
    }

    /// <summary>The sixtieth of them closes the date while the others are under way.</summary>
    private static async Task<Answered> CollectAndClose(
        TestCounter counter,
        IssuedCard card,
        int i,
        JsonObject body,
        TaskCompletionSource<Answered> closing
    )
    {
        var booked = await counter.Collect(card, 100 + i, method: "transfer");
        if (i == 60)
        {
            closing.SetResult(await counter.Cashier.Post(Path, body));
        }

        return booked;
    }

    private static async Task AddUnresolved(TestCounter counter, IssuedCard card)
    {
        await using var db = await counter.Host.OpenDatabase();
        var id = Ids.Next();
        db.Add(
            new CardOperation
            {
                Id = id,
                Kind = "load",
                State = CardOperationState.Unknown,
                BranchId = counter.BranchId,
                OperatorId = counter.Cashier.Id,
                CardId = card.Id,
                CardNumber = card.Number,
                CustomerId = card.CustomerId,
                OpenCard = card.Id,
                Order = "{}",
                Script = "{}",
                RootId = id,
                ActiveId = id,
                CreatedAt = TimeProvider.System.GetUtcNow().UtcDateTime,
                TicketExpiresAt = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
            }
        );
        await db.SaveChangesAsync();
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string VoidPath(string serialNumber) => $"/v1/transactions/{serialNumber}/void";

    private static async Task<JsonObject> Body(TestCounter counter, params (string Login, long Fen)[] counted)
    {
        var now = (await counter.Cashier.Get("/v1/branch-days/current")).Is(HttpStatusCode.OK);
        return new JsonObject
        {
            ["businessDate"] = now["businessDate"],
            ["countedCash"] = new JsonArray([.. counted.Select(c => new JsonObject { ["operator"] = c.Login, ["amount"] = c.Fen })]),
        };
    }

    private static async Task<Answered> Close(TestCounter counter, params (string Login, long Fen)[] counted) =>
        await counter.Cashier.Post(Path, await Body(counter, counted));

    private static IEnumerable<string> Totals(JsonNode day) =>
        day["totals"]!.AsArray().Select(t => $"{t!["operator"]} {t["type"]} {t["paymentMethod"]} {t["count"]} {t["amount"]}");

    private static (int Count, long Amount) Sum(JsonNode day)
    {
        var lines = day["totals"]!.AsArray().Where(t => t!["type"]!.GetValue<string>() == "collection").ToList();
        return (lines.Sum(l => l!["count"]!.GetValue<int>()), lines.Sum(l => l!["amount"]!.GetValue<long>()));
    }
}
