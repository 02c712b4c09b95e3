using System.Net;
using System.Text.Json.Nodes;

namespace Api.Tests.Platform.Cards;

public sealed class ExchangeWithCardTests
{
    [Theory, EachDatabase]
    public async Task A_round_sent_again_gets_the_same_reply_and_does_nothing_twice(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 50_000);
        var operation = (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted).Body["operation"]!;
        var (id, ticket) = (operation["operationId"]!.GetValue<string>(), operation["ticket"]!.GetValue<string>());
        card.Chip.PowerOn();
        JsonNode message = new JsonObject { ["round"] = 0 };
        JsonNode reply;

        do
        {
            reply = await ReaderAgent.Send(counter.Host.Client, id, ticket, message);
            var again = await ReaderAgent.Send(counter.Host.Client, id, ticket, message);
            Assert.Equal(reply.ToJsonString(), again.ToJsonString());
            message = ReaderAgent.Transmit(card.Chip, reply);
        } while (!reply["done"]!.GetValue<bool>());

        Assert.Equal("confirmed", reply["outcome"]!["state"]!.GetValue<string>());
        Assert.Equal(20_000, ChipCards.Balance(card.Chip));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    public async Task Another_body_for_a_round_or_another_round_is_refused(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var operation = (await counter.StartIssue()).Is(HttpStatusCode.Accepted).Body["operation"]!;
        var (id, ticket) = (operation["operationId"]!.GetValue<string>(), operation["ticket"]!.GetValue<string>());
        await ReaderAgent.Send(counter.Host.Client, id, ticket, new JsonObject { ["round"] = 0 });

        await Refused(
            counter,
            id,
            ticket,
            new JsonObject { ["round"] = 0, ["atr"] = "3B00" },
            HttpStatusCode.Conflict,
            "card-round-conflict"
        );
        await Refused(counter, id, ticket, new JsonObject { ["round"] = 7 }, HttpStatusCode.Conflict, "card-round-conflict");
        await Refused(
            counter,
            id,
            $"{id}.{new string('x', 43)}",
            new JsonObject { ["round"] = 1 },
            HttpStatusCode.Unauthorized,
            "card-ticket-invalid"
        );
        await Refused(counter, id, ticket, new JsonObject { ["round"] = -1 }, HttpStatusCode.BadRequest, "validation-failed");
    }

    [Theory, EachDatabase]
    public async Task The_same_round_sent_sixteen_times_at_once_moves_the_operation_once(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 50_000);
        var operation = (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted).Body["operation"]!;
        var (id, ticket) = (operation["operationId"]!.GetValue<string>(), operation["ticket"]!.GetValue<string>());
        card.Chip.PowerOn();
        JsonNode message = new JsonObject { ["round"] = 0 };
        JsonNode reply;

        do
        {
            var body = message;
            var replies = await Task.WhenAll(
                Enumerable.Range(0, 16).Select(_ => Task.Run(() => ReaderAgent.Send(counter.Host.Client, id, ticket, body.DeepClone())))
            );
            Assert.Single(replies.Select(r => r.ToJsonString()).Distinct());
            reply = replies[0];
            message = ReaderAgent.Transmit(card.Chip, reply);
        } while (!reply["done"]!.GetValue<bool>());

        Assert.Equal(20_000, ChipCards.Balance(card.Chip));
        await counter.BooksAreSound();
    }

    private static async Task Refused(TestCounter counter, string id, string ticket, JsonNode message, HttpStatusCode status, string code)
    {
        using var response = await ReaderAgent.Post(counter.Host.Client, id, ticket, message);
        (await Answered.Of(response)).IsRefused(status, code);
    }
}
