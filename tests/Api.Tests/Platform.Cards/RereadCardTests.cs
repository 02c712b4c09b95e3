using System.Net;

namespace Api.Tests.Platform.Cards;

public sealed class RereadCardTests
{
    [Theory, EachDatabase]
    public async Task Only_an_operation_whose_end_is_unknown_is_read_again(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 50_000);
        var started = (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted);
        var path = $"/v1/card-operations/{started.Body["operation"]!["operationId"]}/re-reads";

        (await counter.Cashier.Post(path, new { })).IsRefused(HttpStatusCode.Conflict, "card-operation-running");
        await counter.Run(card.Chip, started);
        (await counter.Cashier.Post(path, new { })).IsRefused(HttpStatusCode.Conflict, "card-operation-not-unknown");
        (await counter.Cashier.Post("/v1/card-operations/1/re-reads", new { })).IsRefused(HttpStatusCode.NotFound, "not-found");
    }
}
