namespace Hardware.Agent.Tests.Operations;

public sealed class ApiOutageTests
{
    [Fact]
    public async Task An_api_that_is_away_at_the_start_leaves_the_card_alone_and_the_ticket_good()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        await agent.BlankCardIn();
        var operation = api.Prepare(Apdus.SpendOneTry);
        await api.Down();

        using var refused = await agent.Run(operation);
        await api.Up();
        using var done = await agent.Run(operation);

        var problem = await TestAgent.Problem(refused, HttpStatusCode.ServiceUnavailable, "api-unreachable");
        Assert.Equal("none", problem.GetProperty("outcome").GetString());
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal("63C2", operation.Rounds[1].Answers[^1].StatusWord);
    }

    [Fact]
    public async Task What_the_card_did_while_the_api_was_away_is_reported_when_it_is_back()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        await agent.BlankCardIn();
        var replies = 0;
        var operation = api.Prepare(
            _ => PeerReply.Commands(1, Apdus.SelectMoney, Apdus.Challenge, Apdus.SpendTry),
            r => replies++ < 6 ? PeerReply.Problem(503, "starting") : PeerReply.Done(r)
        );

        using var lost = await agent.Run(operation);
        var problem = await TestAgent.Problem(lost, HttpStatusCode.ServiceUnavailable, "api-unreachable");
        Assert.Equal("unknown", problem.GetProperty("outcome").GetString());
        await TestAgent.Until(
            async () => (await agent.Operation(operation)).GetProperty("state").GetString() == "done",
            "the report is heard"
        );

        var seen = await agent.Operation(operation);
        Assert.Equal("confirmed", seen.GetProperty("outcome").GetProperty("state").GetString());
        Assert.False(seen.GetProperty("journalOpen").GetBoolean());
        Assert.Null(operation.Rounds[1].Failure);
        Assert.Equal("63C2", operation.Rounds[1].Answers[^1].StatusWord);
        using var again = await agent.Run(operation);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task A_round_without_commit_that_was_lost_is_reported_too_because_the_api_may_hold_money_for_it()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, "--Api:Tries=1");
        await agent.BlankCardIn();
        var replies = 0;
        var operation = api.Prepare(
            _ => PeerReply.Commands(1, Apdus.SelectMoney),
            r => replies++ < 1 ? PeerReply.Problem(503, "starting") : PeerReply.Commands(2, Apdus.Challenge),
            r => PeerReply.Done(r, "notDone")
        );

        using var lost = await agent.Run(operation);
        await TestAgent.Until(
            async () => (await agent.Operation(operation)).GetProperty("state").GetString() == "done",
            "the report is heard"
        );

        await TestAgent.Problem(lost, HttpStatusCode.ServiceUnavailable, "api-unreachable");
        Assert.Null(operation.Rounds[1].Failure);
        // The card session was given up, so the commands that the API still wanted were not run.
        Assert.Equal(new PeerFailure("card-reset", 0), operation.Rounds[2].Failure);
    }

    [Fact]
    public async Task A_report_the_api_refuses_for_good_is_closed_and_shown_as_failed()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, "--Api:Tries=1");
        await agent.BlankCardIn();
        var replies = 0;
        var operation = api.Prepare(
            _ => PeerReply.Commands(1, Apdus.SelectMoney, Apdus.Challenge, Apdus.SpendTry),
            _ => replies++ < 1 ? PeerReply.Problem(503, "starting") : PeerReply.Problem(410, "operation-over")
        );

        (await agent.Run(operation)).Dispose();
        await TestAgent.Until(
            async () => (await agent.Operation(operation)).GetProperty("state").GetString() == "failed",
            "the report is closed"
        );

        Assert.Equal("operation-ended", (await agent.Operation(operation)).GetProperty("code").GetString());
        using var again = await agent.Run(operation);
        await TestAgent.Problem(again, HttpStatusCode.Gone, "operation-ended");
    }
}
