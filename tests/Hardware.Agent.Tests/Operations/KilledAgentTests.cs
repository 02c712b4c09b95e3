using System.Net.Http.Json;

namespace Hardware.Agent.Tests.Operations;

[Collection(PcscService.Collection)]
public sealed class KilledAgentTests
{
    private const int CommitCommand = 4;

    [Theory, EachTransport(new object[] { "silentBefore", "63C2" }, new object[] { "silentAfter", "63C1" })]
    public async Task An_agent_killed_while_a_commit_is_in_flight_reports_it_after_its_restart(
        Transport transport,
        string kind,
        string nextTry
    )
    {
        var folder = TestAgent.NewFolder();
        await using var hand = CardHand.At(transport, folder);
        await using var api = await CardApi.Start();
        var operation = api.Prepare(Apdus.SpendOneTry);
        string card;
        await using (var agent = await AgentProcess.Start(folder, api.Address, transport))
        {
            card = await CardIn(hand, agent);
            await hand.Arrange(agent.Http, kind, CommitCommand, hand.Reader1);
            var running = agent.Http.PostAsJsonAsync("/v1/operations", new { ticket = operation.Ticket });
            await TestAgent.Until(() => hand.Hangs(agent.Http, hand.Reader1), "the commit is in flight");
            await agent.Kill();
            await Assert.ThrowsAsync<HttpRequestException>(() => running);
        }

        await using var restarted = await AgentProcess.Start(folder, api.Address, transport);
        await TestAgent.Until(() => Task.FromResult(operation.Rounds.Count == 2), "the restarted agent reports");

        Assert.Equal(new PeerFailure("agent-restarted", 2), operation.Rounds[1].Failure);
        Assert.Equal(["9000", "9000"], operation.Rounds[1].Answers.Select(a => a.StatusWord));
        await TestAgent.Until(async () => await Ended(restarted, operation), "the journal row is closed");

        // The card knows what it did; the restart sent it nothing. A silent card answers again once it was out.
        if (transport == Transport.Pcscd)
        {
            await hand.Remove(restarted.Http, hand.Reader1);
            await hand.Insert(restarted.Http, card, hand.Reader1);
        }

        var next = api.Prepare(Apdus.SpendOneTry);
        using var done = await restarted.Http.PostAsJsonAsync("/v1/operations", new { ticket = next.Ticket });
        Assert.Equal(nextTry, next.Rounds[1].Answers[^1].StatusWord);
        await restarted.Kill();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_agent_killed_before_the_api_heard_the_commits_answer_delivers_the_answer_after_its_restart()
    {
        var folder = TestAgent.NewFolder();
        await using var hand = CardHand.At(Transport.InProcess, folder);
        await using var api = await CardApi.Start();
        var away = true;
        var operation = api.Prepare(
            _ => PeerReply.Commands(1, Apdus.SelectMoney, Apdus.Challenge, Apdus.SpendTry),
            r => Volatile.Read(ref away) ? PeerReply.Problem(503, "starting") : PeerReply.Done(r)
        );
        await using (var agent = await AgentProcess.Start(folder, api.Address, "--Api:FirstPauseMilliseconds=2000"))
        {
            await CardIn(hand, agent);
            var running = agent.Http.PostAsJsonAsync("/v1/operations", new { ticket = operation.Ticket });
            await operation.Arrived();
            await operation.Arrived();
            await agent.Kill();
            await Assert.ThrowsAsync<HttpRequestException>(() => running);
        }

        Volatile.Write(ref away, false);
        await using var restarted = await AgentProcess.Start(folder, api.Address);
        await TestAgent.Until(() => Task.FromResult(operation.Rounds.Count == 2), "the restarted agent reports");

        Assert.Null(operation.Rounds[1].Failure);
        Assert.Equal(["9000", "9000", "63C2"], operation.Rounds[1].Answers.Select(a => a.StatusWord));
        await restarted.Kill();
        Directory.Delete(folder, recursive: true);
    }

    [Theory, EachTransport]
    public async Task An_agent_killed_after_the_api_took_a_round_sends_the_same_body_after_its_restart(Transport transport)
    {
        var folder = TestAgent.NewFolder();
        await using var hand = CardHand.At(transport, folder);
        await using var api = await CardApi.Start();
        var operation = api.Prepare(
            _ => PeerReply.Commands(1, Apdus.SelectMoney, Apdus.Challenge, Apdus.SpendTry),
            _ => PeerReply.Commands(2, Apdus.SelectMoney),
            r => PeerReply.Done(r)
        );
        await using (var agent = await AgentProcess.Start(folder, api.Address, transport, "--Api:FirstPauseMilliseconds=5000"))
        {
            await CardIn(hand, agent);
            operation.LoseRepliesFrom(round: 1);
            var running = agent.Http.PostAsJsonAsync("/v1/operations", new { ticket = operation.Ticket });
            await operation.Arrived();
            await operation.Arrived();
            await agent.Kill();
            await Assert.ThrowsAsync<HttpRequestException>(() => running);
        }

        operation.LoseRepliesFrom(round: int.MaxValue);
        await using var restarted = await AgentProcess.Start(folder, api.Address, transport);
        await TestAgent.Until(() => Task.FromResult(operation.Rounds.Count == 3), "the restarted agent goes on");

        // The peer answers another body for the same round with 409, and then there would be no third round.
        Assert.Equal(4, operation.Requests);
        Assert.Equal(new PeerFailure("agent-restarted", 0), operation.Rounds[2].Failure);
        await restarted.Kill();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Neither_ticket_nor_session_nor_pin_nor_key_gets_into_the_log_or_the_journal()
    {
        var folder = TestAgent.NewFolder();
        await using var hand = CardHand.At(Transport.InProcess, folder);
        await using var api = await CardApi.Start();
        await using var agent = await AgentProcess.Start(folder, api.Address, "--Logging:LogLevel:Default=Trace");
        await CardIn(hand, agent);
        string[] any = ["9000", "6A82", "6982", "6985", "63C0", "6700", "6983", "6A81", "6D00", "6988", "6A80", "6A86", "9403"];
        var operation = api.Prepare(
            _ =>
                PeerReply.Commands(
                    1,
                    Apdus.SelectMoney,
                    new("0020000004CAFEBABE", ContinueOn: any),
                    new("805E010009CAFEBABEFFDEADBEEF", Commit: true, ContinueOn: any),
                    new("84D439001CCAFEBABE00112233445566778899AABBCCDDEEFF0011223344556677", Commit: true, ContinueOn: any)
                ),
            r => PeerReply.Done(r)
        );

        using var response = await agent.Http.PostAsJsonAsync("/v1/operations", new { ticket = operation.Ticket });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(4, operation.Rounds[1].Answers.Count);
        await TestAgent.Until(
            () => Task.FromResult(agent.Output.Contains("ended", StringComparison.Ordinal)),
            "the operation is in the log"
        );
        await agent.Kill();

        var log = agent.Output;
        Assert.Contains("84D43900", log, StringComparison.Ordinal);
        Assert.DoesNotContain("CAFEBABE", log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("DEADBEEF", log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(operation.Ticket[^43..], log, StringComparison.Ordinal);
        Assert.DoesNotContain(agent.Http.DefaultRequestHeaders.Authorization?.Parameter ?? "?", log, StringComparison.Ordinal);
        var journal = await File.ReadAllTextAsync(Path.Combine(folder, "operations.journal"));
        Assert.DoesNotContain("CAFEBABE", journal, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(operation.Ticket[^43..], journal, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> CardIn(ICardHand hand, AgentProcess agent)
    {
        var card = await hand.NewCard(agent.Http);
        await hand.Insert(agent.Http, card, hand.Reader1);
        return card;
    }

    private static async Task<bool> Ended(AgentProcess agent, PeerOperation operation) =>
        !(await agent.Get($"/v1/operations/{operation.OperationId}")).GetProperty("journalOpen").GetBoolean();
}
