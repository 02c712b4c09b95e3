using System.Net;
using System.Text.Json.Nodes;
using Funding;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;
using Platform.Problems;

namespace Api.Tests.Funding;

public sealed class DecideSetAsideConsumptionTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-39.1"), Trait("Requirement", "PL-03.6")]
    public async Task A_record_with_a_wrong_TAC_is_booked_on_a_persons_word_with_approval_and_kept_with_reason_and_names(Database database)
    {
        await using var host = await TestHost.Start(database);
        await using var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        await counter.Loaded(card, 10_000);
        var record = Wrong(card, 1, 4_000);
        var id = await SetAside(counter, record);

        var body = new { decision = "booked", reason = "The station's paper shows the fill." };
        var path = $"/v1/consumption/set-aside/{id}/decision";
        (await counter.Cashier.Post(path, body)).IsRefused(HttpStatusCode.Forbidden, "approval-required");
        var key = Clerk.NewKey();
        var decided = (await counter.Cashier.PostApproved(path, body, counter.Second, key)).Is(HttpStatusCode.OK);
        var again = (await counter.Cashier.PostApproved(path, body, counter.Second, key)).Is(HttpStatusCode.OK);
        Assert.Equal((decided.Text, false, true), (again.Text, decided.Replayed, again.Replayed));
        (await counter.Cashier.Post(path, new { decision = "dismissed", reason = "Another." }, key)).IsRefused(
            HttpStatusCode.UnprocessableEntity,
            "idempotency-key-reused"
        );

        Assert.Equal((6_000, 4_000), (await counter.CardAccount(card), await counter.Balance(FundingAccounts.Consumption, 10_010_001)));
        Assert.Empty(await List(counter, decided: false));
        var shown = Assert.Single(await List(counter, decided: true))!["decision"]!;
        Assert.Equal(WithoutTime(decided.Body), WithoutTime(shown));
        Assert.Equal(
            ($"{counter.Cashier.Id}", $"{counter.Second.Id}"),
            (shown["operatorId"]!.GetValue<string>(), shown["approverId"]!.GetValue<string>())
        );
        await Audited(counter, id);

        // Sent again it counts as booked, as does the same purchase with the right TAC; another under its counter does not.
        Assert.Equal((0, 1, 0, 0), StationUploads.Counts((await counter.Upload([record])).Is(HttpStatusCode.OK)));
        Assert.Equal(
            (0, 1, 0, 0),
            StationUploads.Counts((await counter.Upload([StationUploads.Made(card.Number, 1, 4_000)])).Is(HttpStatusCode.OK))
        );
        Assert.Equal(
            (0, 0, 0, 1),
            StationUploads.Counts((await counter.Upload([StationUploads.Made(card.Number, 1, 4_001)])).Is(HttpStatusCode.OK))
        );
        Assert.Equal(6_000, await counter.CardAccount(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-39.1")]
    public async Task A_record_that_is_dismissed_stays_so_when_it_is_sent_again(Database database)
    {
        await using var host = await TestHost.Start(database);
        await using var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        await counter.Loaded(card, 10_000);
        var record = Wrong(card, 1, 4_000);
        var id = await SetAside(counter, record);

        (await Decide(counter, id, "dismissed")).Is(HttpStatusCode.OK);

        Assert.Equal((0, 0, 0, 1), StationUploads.Counts((await counter.Upload([record])).Is(HttpStatusCode.OK)));
        Assert.Empty(await List(counter, decided: false));
        var shown = Assert.Single(await List(counter, decided: true))!;
        Assert.Equal("dismissed", shown["decision"]!["decision"]!.GetValue<string>());
        Assert.Null(shown["decision"]!["serialNumber"]);
        (await Decide(counter, id, "booked")).IsRefused(HttpStatusCode.Conflict, "set-aside-resolved");
        Assert.Equal(10_000, await counter.CardAccount(card));

        // The counter is free: the purchase as the chip signed it is booked.
        Assert.Equal(
            (1, 0, 0, 0),
            StationUploads.Counts((await counter.Upload([StationUploads.Made(card.Number, 1, 4_000)])).Is(HttpStatusCode.OK))
        );
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-39.1"), Trait("Requirement", "FC-39.2")]
    public async Task What_no_account_can_be_told_from_can_only_be_dismissed_and_no_account_goes_below_zero(Database database)
    {
        await using var host = await TestHost.Start(database);
        await using var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        await counter.Loaded(card, 1_000);
        (await counter.Upload([StationUploads.Made(card.Number, 1, 400)])).Is(HttpStatusCode.OK);
        var malformed = Wrong(card, 2, 100);
        malformed["terminal"] = "xyz";
        JsonObject[] only =
        [
            malformed,
            StationUploads.Made($"100011090000000{Luhn.CheckDigit("100011090000000")}", 3, 100),
            Wrong(card, 1, 99),
        ];
        foreach (var record in only)
        {
            var id = await SetAside(counter, record);
            (await Decide(counter, id, "booked")).IsRefused(HttpStatusCode.Conflict, "set-aside-not-bookable");
            (await Decide(counter, id, "dismissed")).Is(HttpStatusCode.OK);
        }

        var tooMuch = await SetAside(counter, Wrong(card, 4, 601));
        var refused = await Decide(counter, tooMuch, "booked");
        refused.IsRefused(HttpStatusCode.Conflict, "purse-too-small");
        Assert.Equal((600, 600), (refused.Number("balance"), await counter.CardAccount(card)));
        await counter.Loaded(card, 1);
        (await Decide(counter, tooMuch, "booked")).Is(HttpStatusCode.OK);
        Assert.Equal(0, await counter.CardAccount(card));

        (await Decide(counter, "1", "dismissed")).IsRefused(HttpStatusCode.NotFound, "not-found");
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-39.1")]
    public async Task Sixteen_decisions_at_once_from_two_processes_decide_it_once(Database database)
    {
        await using var host = await TestHost.Start(database);
        await using var second = await TestHost.Start(database, host.ConnectionString);
        await using var counter = await TestCounter.Open(host);
        var elsewhere = await counter.CashierAt(second);
        var card = await counter.IssuedCard();
        await counter.Loaded(card, 10_000);
        var id = await SetAside(counter, Wrong(card, 1, 4_000));

        var answers = await Retries.AtOnceWithOwnKeys(
            (i, key) =>
                (i % 2 == 0 ? counter.Cashier : elsewhere).PostApproved(
                    $"/v1/consumption/set-aside/{id}/decision",
                    new { decision = i < 8 ? "booked" : "dismissed", reason = $"Looked at by {i}." },
                    counter.Second,
                    key
                )
        );

        var done = Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(
            answers.Where(a => a != done),
            a => a.IsRefused(HttpStatusCode.Conflict, a.Code == "concurrent-change" ? "concurrent-change" : "set-aside-resolved")
        );
        (await Decide(counter, id, "booked")).IsRefused(HttpStatusCode.Conflict, "set-aside-resolved");
        Assert.Equal(done["decision"] == "booked" ? 6_000 : 10_000, await counter.CardAccount(card));
        await counter.BooksAreSound();
    }

    /// <summary>A database keeps fewer digits of a second than the answer has.</summary>
    private static string WithoutTime(JsonNode decision)
    {
        var copy = decision.DeepClone().AsObject();
        Assert.True(copy.Remove("decidedAt"));
        return copy.ToJsonString();
    }

    private static JsonObject Wrong(IssuedCard card, int counter, long fen)
    {
        var record = StationUploads.Made(card.Number, counter, fen);
        record["tac"] = "00000000";
        return record;
    }

    private static async Task<string> SetAside(TestCounter counter, JsonObject record)
    {
        Assert.Equal(1, StationUploads.Counts((await counter.Upload([record])).Is(HttpStatusCode.OK)).SetAside);
        return (await List(counter, decided: false))[^1]!["id"]!.GetValue<string>();
    }

    private static async Task<JsonArray> List(TestCounter counter, bool decided) =>
        (await counter.Cashier.Get($"/v1/consumption/set-aside?decided={decided}")).Is(HttpStatusCode.OK).Body["items"]!.AsArray();

    private static Task<Answered> Decide(TestCounter counter, string id, string decision) =>
        counter.Cashier.PostApproved(
            $"/v1/consumption/set-aside/{id}/decision",
            new { decision, reason = "Looked at with the station." },
            counter.Second
        );

    private static async Task Audited(TestCounter counter, string id)
    {
        await using var db = await counter.Host.OpenDatabase();
        var audit = await db.Set<AuditRecord>().SingleAsync(a => a.Subject == $"set-aside-consumption:{id}");
        Assert.Equal("decide-set-aside-consumption", audit.Action);
        Assert.Contains("paper shows", audit.Detail, StringComparison.Ordinal);
    }
}
