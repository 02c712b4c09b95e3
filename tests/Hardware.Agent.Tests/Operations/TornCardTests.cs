namespace Hardware.Agent.Tests.Operations;

[Collection(PcscService.Collection)]
public sealed class TornCardTests
{
    // SELECT, GET RESPONSE, GET CHALLENGE, and the commit is the fourth physical command.
    private const int CommitCommand = 4;

    [Theory, EachTransport(new object[] { "tearBefore", "63C2" }, new object[] { "tearAfter", "63C1" })]
    public async Task A_card_torn_out_at_the_commit_is_reported_as_removed_there(Transport transport, string kind, string nextTry)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        var card = await agent.BlankCardIn();
        await agent.Arrange(kind, CommitCommand);
        var torn = api.Prepare(Apdus.SpendOneTry);

        using var response = await agent.Run(torn);

        Assert.Equal("unknown", (await TestAgent.Body(response)).GetProperty("state").GetString());
        Assert.Equal(new PeerFailure(Torn(transport), 2), torn.Rounds[1].Failure);
        Assert.Equal(["9000", "9000"], torn.Rounds[1].Answers.Select(a => a.StatusWord));
        await agent.UntilReader("empty");

        // The card remembers whether it had done the command; the agent never sent it twice.
        await agent.Insert(card);
        var next = api.Prepare(Apdus.SpendOneTry);
        (await agent.Run(next)).Dispose();
        Assert.Equal(nextTry, next.Rounds[1].Answers[^1].StatusWord);
    }

    [Theory, EachTransport]
    public async Task A_card_torn_out_before_the_commit_is_reported_before_it(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        await agent.BlankCardIn();
        await agent.Arrange("tearBefore", 1);
        var operation = api.Prepare(Apdus.SpendOneTry);

        (await agent.Run(operation)).Dispose();

        Assert.Equal(new PeerFailure(Torn(transport), 0), operation.Rounds[1].Failure);
        Assert.Empty(operation.Rounds[1].Answers);
    }

    [Theory, EachTransport]
    public async Task After_a_failure_no_further_command_reaches_a_card_that_was_put_in_meanwhile(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        await agent.BlankCardIn();
        var other = await agent.NewCard();
        await agent.Arrange("tearBefore", CommitCommand);
        var operation = api.Prepare(
            _ => PeerReply.Commands(1, Apdus.SelectMoney, Apdus.Challenge, Apdus.SpendTry),
            _ =>
            {
                agent.Insert(other).GetAwaiter().GetResult();
                return PeerReply.Commands(2, Apdus.SelectMoney, Apdus.Challenge, Apdus.SpendTry);
            },
            r => PeerReply.Done(r, "unknown")
        );

        (await agent.Run(operation)).Dispose();

        Assert.Equal(new PeerFailure(Torn(transport), 0), operation.Rounds[2].Failure);
        Assert.Empty(operation.Rounds[2].Answers);
        var next = api.Prepare(Apdus.SpendOneTry);
        (await agent.Run(next)).Dispose();
        Assert.Equal("63C2", next.Rounds[1].Answers[^1].StatusWord);
    }

    [Theory, EachTransport]
    public async Task A_silent_card_is_given_up_by_the_watchdog_and_its_reader_is_closed_until_the_card_is_removed(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport, "--Agent:WatchdogSeconds=1");
        var card = await agent.BlankCardIn();
        await agent.Arrange("silentBefore", CommitCommand);
        var operation = api.Prepare(Apdus.SpendOneTry);

        using var response = await agent.Run(operation);

        Assert.Equal(new PeerFailure("no-answer", 2), operation.Rounds[1].Failure);
        Assert.Equal("notResponding", await agent.ReaderState());
        using var read = await agent.Http.GetAsync("/v1/card");
        await TestAgent.Problem(read, HttpStatusCode.ServiceUnavailable, "reader-not-responding");

        await agent.Remove();
        await agent.Insert(card);
        Assert.Equal("blank", (await agent.Get("/v1/card")).GetProperty("kind").GetString());
    }

    [Theory, EachTransport]
    public async Task A_card_that_was_silent_gets_no_further_command_of_that_operation(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport, "--Agent:WatchdogSeconds=1");
        var card = await agent.BlankCardIn();
        await agent.Arrange("silentBefore", CommitCommand);
        var operation = api.Prepare(
            _ => PeerReply.Commands(1, Apdus.SelectMoney, Apdus.Challenge, Apdus.SpendTry),
            _ => PeerReply.Commands(2, Apdus.SelectMoney, Apdus.Challenge, Apdus.SpendTry),
            r => PeerReply.Done(r, "unknown")
        );

        (await agent.Run(operation)).Dispose();

        Assert.Equal(new PeerFailure("no-answer", 0), operation.Rounds[2].Failure);
        await agent.Remove();
        await agent.Insert(card);
        var next = api.Prepare(Apdus.SpendOneTry);
        (await agent.Run(next)).Dispose();
        Assert.Equal("63C2", next.Rounds[1].Answers[^1].StatusWord);
    }

    // The PC/SC service calls a card that is torn out in the middle of a command a success without an answer.
    private static string Torn(Transport transport) => transport == Transport.Pcscd ? "no-answer" : "card-removed";
}
