using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Operations;

namespace Api.Tests.Platform.Cards;

public sealed class RereadPendingCardTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-35.2")]
    public async Task One_call_settles_whatever_waits_on_the_card_at_any_branch(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var other = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 50_000, points: 9);
        var started = (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted);

        // Money is loaded; the points' commit is done on the chip and nobody heard of it.
        var apdus = await ApdusOfLoadWithPoints(counter);
        await counter.RunTorn(card.Chip, started, apdus, after: true);
        Assert.Equal((20_000, 9), ((await counter.Balances(card)).Purse, (await counter.Balances(card)).PointsInTransit));
        var body = new { cardNumber = card.Number, chipSerial = card.Chip.ChipSerial };
        var again = (await other.Cashier.Post("/v1/card-re-reads", body)).Is(HttpStatusCode.Accepted);
        Assert.Equal("points-load", again["kind"]);
        Assert.Equal("confirmed", CardBooks.State(await other.Run(card.Chip, again)));

        await counter.ChipEqualsBooks(card, "read at another branch");
        (await other.Cashier.Post("/v1/card-re-reads", body)).IsRefused(HttpStatusCode.NotFound, "card-nothing-pending");
        (await other.Cashier.Post("/v1/card-re-reads", new { })).IsRefused(HttpStatusCode.BadRequest, "validation-failed");
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-35.2"), Trait("Requirement", "PL-03.6")]
    public async Task Two_counters_at_once_settle_it_once(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 50_000);
        await counter.RunTorn(card.Chip, (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted), apdu: 6, after: true);
        var body = new { cardNumber = card.Number };

        var answers = await Retries.AtOnceWithOwnKeys((_, key) => counter.Cashier.Post("/v1/card-re-reads", body, key));

        var begun = Assert.Single(answers, a => a.Status == HttpStatusCode.Accepted);
        Assert.All(answers.Where(a => a != begun), a => a.Is(HttpStatusCode.Conflict));
        await counter.Run(card.Chip, begun);
        Assert.Equal(20_000, (await counter.ChipEqualsBooks(card, "read once")).Purse);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.5"), Trait("Requirement", "FC-35.2")]
    public async Task An_operation_whose_agent_is_gone_is_taken_over_after_a_minute(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 50_000);
        var started = (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted);
        var (id, ticket) = (CardBooks.OperationId(started), started.Body["operation"]!["ticket"]!.GetValue<string>());

        // The agent carries it up to the commit, and dies with the chip's answer.
        card.Chip.PowerOn();
        JsonNode message = new JsonObject { ["round"] = 0 };
        for (var round = 0; round < 3; round++)
        {
            message = ReaderAgent.Transmit(card.Chip, await ReaderAgent.Send(counter.Host.Client, id, ticket, message));
        }

        Assert.Equal(20_000, ChipCards.Balance(card.Chip));
        var body = new { cardNumber = card.Number };
        (await counter.Cashier.Post("/v1/card-re-reads", body)).IsRefused(HttpStatusCode.Conflict, "card-operation-running");
        await using (var db = await counter.Host.OpenDatabase())
        {
            var touched = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-2);
            await db.Set<CardOperation>()
                .Where(o => o.CardNumber == card.Number)
                .ExecuteUpdateAsync(u => u.SetProperty(o => o.TouchedAt, touched));
        }

        Assert.Equal(1, await counter.SettleAll(card.Chip, card.Number));
        Assert.Equal(20_000, (await counter.ChipEqualsBooks(card, "taken over")).Purse);
        using var late = await ReaderAgent.Post(counter.Host.Client, id, ticket, message);
        (await Answered.Of(late)).IsRefused(HttpStatusCode.Unauthorized, "card-ticket-invalid");
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.5")]
    public async Task A_reply_lost_at_any_message_and_a_restarted_api_change_nothing(Database database)
    {
        var connection = await TestDatabase.Create(database);
        var host = await TestHost.Start(database, connection);
        var counter = await TestCounter.Open(host);
        var card = await counter.IssueCard();
        await counter.Fund(card, 50_000);
        var started = (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted);
        var (id, ticket) = (CardBooks.OperationId(started), started.Body["operation"]!["ticket"]!.GetValue<string>());
        card.Chip.PowerOn();
        JsonNode message = new JsonObject { ["round"] = 0 };
        JsonNode reply;
        do
        {
            // The reply is lost, the API is started anew, and the agent sends the same message again.
            var lost = await ReaderAgent.Send(host.Client, id, ticket, message);
            await using var restarted = await TestHost.Start(database, connection);
            reply = await ReaderAgent.Send(restarted.Client, id, ticket, message);
            Assert.Equal(lost.ToJsonString(), reply.ToJsonString());
            message = ReaderAgent.Transmit(card.Chip, reply);
        } while (!reply["done"]!.GetValue<bool>());

        Assert.Equal(20_000, (await counter.ChipEqualsBooks(card, "restarted")).Purse);
        await counter.BooksAreSound();
        await counter.DisposeAsync();
        await host.DisposeAsync();
    }

    private static async Task<int> ApdusOfLoadWithPoints(TestCounter counter)
    {
        var probe = await counter.IssueCard();
        await counter.Fund(probe, 1_000, points: 1);
        probe.Chip.Hooks.Arm();
        await counter.Load(probe, 1_000);
        return probe.Chip.Hooks.Count;
    }

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();
}
