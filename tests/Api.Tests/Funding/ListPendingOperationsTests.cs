using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Operations;

namespace Api.Tests.Funding;

public sealed class ListPendingOperationsTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-35.1")]
    public async Task The_branch_sees_what_waits_with_its_age_and_a_branch_beside_it_does_not(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var other = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 50_000);
        Assert.Empty(await counter.Pending());
        var started = (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted);
        Assert.Empty(await counter.Pending());

        await counter.RunTorn(card.Chip, started, apdu: 6, after: true);

        var waits = Assert.Single(await counter.Pending())!;
        Assert.Equal(
            ("load", "unknown", card.Number, 20_000),
            (Text(waits, "kind"), Text(waits, "state"), Text(waits, "cardNumber"), waits["amount"]!.GetValue<long>())
        );
        Assert.InRange(waits["ageSeconds"]!.GetValue<long>(), 0, 600);
        Assert.Equal("card-removed", Text(waits, "code"));
        Assert.Empty(await other.Pending());
        (await counter.Cashier.Get("/v1/card-operations?limit=0")).IsRefused(HttpStatusCode.BadRequest, "page-invalid");
        await counter.SettleAll(card.Chip, card.Number);
        Assert.Empty(await counter.Pending());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-35.1")]
    public async Task An_operation_that_a_killed_agent_left_held_is_there_at_once_with_its_state(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 50_000);
        var operation = (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted).Body["operation"]!;
        // The agent's first message takes the money out of the reserve account; then nothing more is heard of it.
        await ReaderAgent.Send(
            counter.Host.Client,
            Text(operation, "operationId"),
            Text(operation, "ticket"),
            new JsonObject { ["round"] = 0 }
        );
        await using (var db = await counter.Host.OpenDatabase())
        {
            await db.Set<CardOperation>()
                .Where(o => o.CardNumber == card.Number && o.OpenCard != null)
                .ExecuteUpdateAsync(u => u.SetProperty(o => o.State, CardOperationState.Held));
        }

        var waits = Assert.Single(await counter.Pending())!;

        Assert.Equal((Text(operation, "operationId"), "held"), (Text(waits, "operationId"), Text(waits, "state")));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-35.1")]
    public async Task A_branch_above_sees_what_waits_at_those_below_all_or_one_and_none_beside(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var other = await TestCounter.Open(database);
        await using var office = await TestCounter.Open(database, headquarters: true);
        var card = await counter.IssueCard();
        await counter.Fund(card, 50_000);
        await counter.RunTorn(card.Chip, (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted), apdu: 6, after: true);

        var all = await office.Cashier.Walk("/v1/card-operations", limit: 5);
        Assert.Contains(all, o => Text(o, "cardNumber") == card.Number && Text(o, "branchCode") == counter.BranchCode);
        var one = Assert.Single(await office.Cashier.Walk($"/v1/card-operations?branchCode={counter.BranchCode}"));
        Assert.Equal((card.Number, "unknown"), (Text(one, "cardNumber"), Text(one, "state")));
        Assert.Empty(await office.Cashier.Walk($"/v1/card-operations?branchCode={other.BranchCode}"));
        (await other.Cashier.Get($"/v1/card-operations?branchCode={counter.BranchCode}")).IsRefused(
            HttpStatusCode.Forbidden,
            "branch-out-of-reach"
        );
        (await office.Cashier.Get("/v1/card-operations?branchCode=99999999")).IsRefused(HttpStatusCode.NotFound, "not-found");
        (await office.Cashier.Get("/v1/card-operations?branchCode=1")).IsRefused(HttpStatusCode.BadRequest, "validation-failed");

        await counter.SettleAll(card.Chip, card.Number);
        Assert.Empty(await office.Cashier.Walk($"/v1/card-operations?branchCode={counter.BranchCode}"));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-35.1")]
    public async Task Exceptions_wait_too_the_oldest_first_with_how_long(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (first, second) = (await counter.IssueCard(), await counter.IssueCard());
        foreach (var card in new[] { first, second })
        {
            await counter.Fund(card, 50_000);
            await counter.RunTorn(card.Chip, (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted), apdu: 6, after: true);
        }

        await using (var db = await counter.Host.OpenDatabase())
        {
            await db.Set<CardOperation>()
                .Where(o => o.CardNumber == second.Number && o.State == CardOperationState.Unknown)
                .ExecuteUpdateAsync(u => u.SetProperty(o => o.State, CardOperationState.Exception));
            var yesterday = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1);
            await db.Set<CardOperation>()
                .Where(o => o.CardNumber == first.Number && o.State == CardOperationState.Unknown)
                .ExecuteUpdateAsync(u => u.SetProperty(o => o.CreatedAt, yesterday));
        }

        var waits = await counter.Cashier.Walk("/v1/card-operations", limit: 1);
        Assert.Equal([first.Number, second.Number], waits.Select(o => Text(o, "cardNumber")));
        Assert.Equal(["unknown", "exception"], waits.Select(o => Text(o, "state")));
        Assert.InRange(waits[0]["ageSeconds"]!.GetValue<long>(), 86_400, 87_000);
    }

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();
}
