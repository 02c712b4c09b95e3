using System.Net;

namespace Api.Tests.Platform.Cards;

public sealed class GetCardOperationTests
{
    [Theory, EachDatabase]
    public async Task Shows_how_an_operation_stands_to_its_own_branch_alone(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var other = await TestCounter.Open(database);
        var started = (await counter.StartIssue()).Is(HttpStatusCode.Accepted);
        var path = $"/v1/card-operations/{started.Body["operation"]!["operationId"]}";

        Assert.Equal("open", (await counter.Cashier.Get(path)).Is(HttpStatusCode.OK)["state"]);
        (await other.Cashier.Get(path)).IsRefused(HttpStatusCode.NotFound, "not-found");
    }
}
