using System.Net.Http.Json;

namespace Hardware.Agent.Tests.Operations;

[Collection(PcscService.Collection)]
public sealed class RefusedOperationTests
{
    [Theory]
    [InlineData("")]
    [InlineData("17")]
    [InlineData("17.short")]
    [InlineData("x7.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("17.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/../")]
    [InlineData("12345678901234567890.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_malformed_ticket_is_refused_before_anything_is_asked(string ticket)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);

        using var response = await agent.Http.PostAsJsonAsync("/v1/operations", new { ticket });

        await TestAgent.Problem(response, HttpStatusCode.BadRequest, "ticket-malformed");
    }

    [Fact]
    public async Task A_ticket_the_api_does_not_know_is_refused_and_the_right_one_still_works()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        await agent.BlankCardIn();
        var operation = api.Prepare(Apdus.SpendOneTry);
        var forged = operation.OperationId + "." + new string('A', 43);

        using var refused = await agent.Http.PostAsJsonAsync("/v1/operations", new { ticket = forged });
        using var done = await agent.Run(operation);
        using var forgedLater = await agent.Http.PostAsJsonAsync("/v1/operations", new { ticket = forged });
        using var doneAgain = await agent.Run(operation);

        var problem = await TestAgent.Problem(refused, HttpStatusCode.Unauthorized, "ticket-refused");
        Assert.Equal(("none", "ticket-invalid"), (problem.GetProperty("outcome").GetString(), problem.GetProperty("apiCode").GetString()));
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        await TestAgent.Problem(forgedLater, HttpStatusCode.Unauthorized, "ticket-refused");
        Assert.Equal(await done.Content.ReadAsStringAsync(), await doneAgain.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(409, "round-conflict", HttpStatusCode.Conflict, "round-conflict")]
    [InlineData(410, "operation-over", HttpStatusCode.Gone, "operation-ended")]
    [InlineData(403, "not-yours", HttpStatusCode.BadGateway, "api-refused")]
    public async Task A_refusal_of_the_api_reaches_the_front_end_with_its_code(
        int status,
        string apiCode,
        HttpStatusCode expected,
        string code
    )
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        await agent.BlankCardIn();
        var operation = api.Prepare(_ => PeerReply.Problem(status, apiCode));

        using var response = await agent.Run(operation);

        var problem = await TestAgent.Problem(response, expected, code);
        Assert.Equal(apiCode, problem.GetProperty("apiCode").GetString());
        Assert.Equal(1, operation.Requests);
    }

    [Theory, EachTransport]
    public async Task A_busy_reader_is_locked_for_everybody_else(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        await agent.BlankCardIn();
        var first = api.Prepare(Apdus.SpendOneTry);
        first.Hold();
        var running = agent.Run(first);
        await first.Arrived();
        var second = api.Prepare(Apdus.SpendOneTry);

        using var otherOperation = await agent.Run(second);
        using var sameOperation = await agent.Run(first);
        using var read = await agent.Http.GetAsync($"/v1/card?reader={agent.First}");

        var problem = await TestAgent.Problem(otherOperation, HttpStatusCode.Locked, "reader-busy");
        Assert.True(problem.GetProperty("retryable").GetBoolean());
        await TestAgent.Problem(sameOperation, HttpStatusCode.Conflict, "operation-running");
        await TestAgent.Problem(read, HttpStatusCode.Locked, "reader-busy");
        Assert.Equal("inUse", await agent.ReaderState());
        first.Release();
        using var done = await running;
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal(0, second.Requests);
    }

    [Theory, EachTransport]
    public async Task Two_readers_work_at_the_same_time(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        await agent.BlankCardIn(agent.First);
        await agent.BlankCardIn(agent.Second);
        var held = api.Prepare(Apdus.SpendOneTry);
        held.Hold();
        var running = agent.Run(held, agent.First);
        await held.Arrived();

        using var other = await agent.Run(api.Prepare(Apdus.SpendOneTry), agent.Second);

        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        held.Release();
        (await running).Dispose();
    }

    [Theory, EachTransport]
    public async Task The_reader_must_be_clear(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        var operation = api.Prepare(Apdus.SpendOneTry);

        using var none = await agent.Run(operation);
        using var unknown = await agent.Run(operation, "No such reader");
        using var empty = await agent.Run(operation, agent.First);
        await agent.BlankCardIn(agent.First);
        await agent.BlankCardIn(agent.Second);
        using var two = await agent.Run(operation);

        await TestAgent.Problem(none, HttpStatusCode.Conflict, "no-card");
        await TestAgent.Problem(unknown, HttpStatusCode.NotFound, "reader-not-found");
        await TestAgent.Problem(empty, HttpStatusCode.Conflict, "no-card");
        await TestAgent.Problem(two, HttpStatusCode.Conflict, "reader-ambiguous");
        Assert.Equal(0, operation.Requests);
    }

    public static TheoryData<string, Func<object>> InvalidReplies =>
        new()
        {
            { "33 commands", () => Reply(1, Enumerable.Repeat("0084000008", 33)) },
            { "no command", () => Reply(1, []) },
            { "wrong round", () => Reply(2, ["0084000008"]) },
            { "no hex", () => Reply(1, ["00840000ZZ"]) },
            { "half a byte", () => Reply(1, ["008400000"]) },
            { "too short", () => Reply(1, ["008400"]) },
            { "length that does not fit", () => Reply(1, ["00A4040009A0"]) },
            { "done without outcome", () => new { round = 1, done = true } },
            {
                "more than 64 KB",
                () =>
                    new
                    {
                        round = 1,
                        done = false,
                        commands = new[] { new { apdu = new string('0', 70_000) } },
                    }
            },
        };

    [Theory, MemberData(nameof(InvalidReplies))]
    public async Task An_answer_that_breaks_the_protocol_does_not_reach_the_card(string what, Func<object> reply)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        await agent.BlankCardIn();
        var operation = api.Prepare(_ => PeerReply.Ok(reply()));

        using var response = await agent.Run(operation);

        await TestAgent.Problem(response, HttpStatusCode.BadGateway, "api-answer-invalid");
        Assert.True(operation.Requests == 1, what);
    }

    private static object Reply(int round, IEnumerable<string> apdus) =>
        new
        {
            round,
            done = false,
            commands = apdus.Select(apdu => new { apdu }),
        };
}
