using System.Net.Http.Json;
using TestRuns;

namespace Hardware.Agent.Tests.Operations;

[Collection(PcscService.Collection)]
public sealed class OperationTests
{
    [Theory, EachTransport]
    public async Task A_card_operation_is_carried_to_the_outcome_of_the_api(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        var card = await agent.BlankCardIn();
        var operation = api.Prepare(
            _ => PeerReply.Commands(1, Apdus.SelectMaster, Apdus.ChipSerial),
            _ => PeerReply.Commands(2, Apdus.SelectMoney, Apdus.Challenge, Apdus.SpendTry),
            r => PeerReply.Done(r)
        );

        using var response = await agent.Run(operation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("confirmed", (await TestAgent.Body(response)).GetProperty("state").GetString());
        Assert.Equal("3B6A00004643" + card.ToUpperInvariant(), operation.Rounds[0].Atr);
        Assert.Equal(card.ToUpperInvariant(), operation.Rounds[1].Answers[1].Data);
        Assert.Equal(["9000", "9000", "63C2"], operation.Rounds[2].Answers.Select(a => a.StatusWord));
        await agent.UntilReader("card");
        Assert.False((await agent.Operation(operation)).GetProperty("journalOpen").GetBoolean());
    }

    [Theory, EachTransport]
    public async Task The_answer_says_where_the_time_went_and_how_often(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        await agent.BlankCardIn();
        var operation = api.Prepare(Apdus.SpendOneTry);

        using var response = await agent.Run(operation);

        var parts = string.Join(", ", response.Headers.GetValues("Server-Timing")).Split(", ");
        Assert.Equal(["reader", "card", "api", "journal"], parts.Select(p => p[..p.IndexOf(';', StringComparison.Ordinal)]));
        Assert.Equal(["2", "3", "2"], parts[..3].Select(p => p.Split('"')[1]));
        Assert.All(parts, p => Assert.Matches("dur=[0-9.]+$", p));
    }

    [Theory, EachTransport]
    public async Task Data_that_the_card_announces_with_61xx_is_fetched_and_6Cxx_is_asked_again_with_its_length(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        await agent.BlankCardIn();
        var operation = api.Prepare(_ => PeerReply.Commands(1, Apdus.SelectMoney, new("00B0950000")), r => PeerReply.Done(r));

        using var response = await agent.Run(operation);

        var answers = operation.Rounds[1].Answers;
        Assert.StartsWith("6F", answers[0].Data, StringComparison.Ordinal);
        Assert.Equal(("9000", "9000"), (answers[0].StatusWord, answers[1].StatusWord));
        Assert.Equal(60, answers[1].Data.Length);
    }

    [Theory, EachTransport]
    public async Task The_round_stops_at_the_first_status_word_that_is_not_expected_and_tells_it(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        await agent.BlankCardIn();
        var operation = api.Prepare(
            _ => PeerReply.Commands(1, Apdus.SelectMoney, Apdus.NotThere, Apdus.Challenge),
            r => PeerReply.Done(r, "rejected", "card-foreign")
        );

        using var response = await agent.Run(operation);

        Assert.Equal(["9000", "6A82"], operation.Rounds[1].Answers.Select(a => a.StatusWord));
        Assert.Null(operation.Rounds[1].Failure);
        Assert.Equal("card-foreign", (await TestAgent.Body(response)).GetProperty("code").GetString());
    }

    [Theory, EachTransport]
    public async Task A_lost_reply_sends_the_same_round_again_with_the_same_body_and_the_card_sees_each_command_once(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        await agent.BlankCardIn();
        var operation = api.Prepare(Apdus.SpendOneTry);
        operation.LoseReplies(3);

        using var response = await agent.Run(operation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(5, operation.Requests);
        Assert.Equal("63C2", operation.Rounds[1].Answers[^1].StatusWord);
    }

    [Theory, EachTransport]
    public async Task The_same_ticket_again_gives_the_same_outcome_without_touching_the_card_or_the_api(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        await agent.BlankCardIn();
        var operation = api.Prepare(Apdus.SpendOneTry);

        using var first = await agent.Run(operation);
        await agent.Remove();
        using var again = await agent.Run(operation);

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(2, operation.Requests);
    }

    [Theory, EachTransport]
    public async Task A_page_that_goes_away_does_not_stop_the_operation(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        await agent.BlankCardIn();
        var operation = api.Prepare(Apdus.SpendOneTry);
        operation.Hold();
        using var page = new CancellationTokenSource();
        var request = agent.Http.PostAsJsonAsync("/v1/operations", new { ticket = operation.Ticket }, page.Token);
        await operation.Arrived();

        await page.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        operation.Release();

        await TestAgent.Until(
            async () => (await agent.Operation(operation)).GetProperty("state").GetString() == "done",
            "the operation is done"
        );
        Assert.Equal("63C2", operation.Rounds[1].Answers[^1].StatusWord);
    }

    [Theory, EachTransport]
    public async Task A_stopping_agent_carries_the_operation_to_its_end_first(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        await agent.BlankCardIn();
        var operation = api.Prepare(Apdus.SpendOneTry);
        operation.Hold();
        var running = agent.Run(operation);
        await operation.Arrived();

        var down = agent.Down();
        operation.Release();
        await down;

        Assert.Equal(2, operation.Rounds.Count);
        using var response = await running.WaitAsync(Patience.Longest);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_api_hears_the_language_of_the_front_end()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        await agent.BlankCardIn();
        agent.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");
        var operation = api.Prepare(r => PeerReply.Done(r));

        using var response = await agent.Run(operation);

        Assert.Equal("zh-CN", operation.Rounds[0].Language);
    }

    [Fact]
    public async Task Operations_are_listed_newest_first_and_found_by_number()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        await agent.BlankCardIn();
        var older = api.Prepare(r => PeerReply.Done(r));
        var newer = api.Prepare(r => PeerReply.Done(r));
        (await agent.Run(older)).Dispose();
        (await agent.Run(newer)).Dispose();

        var list = (await agent.Get("/v1/operations")).GetProperty("items");

        Assert.Equal(
            [newer.OperationId, older.OperationId],
            list.EnumerateArray().Select(o => o.GetProperty("operationId").GetString() ?? "")
        );
        Assert.Empty((await agent.Get("/v1/operations?open=true")).GetProperty("items").EnumerateArray());
        using var missing = await agent.Http.GetAsync("/v1/operations/424242");
        await TestAgent.Problem(missing, HttpStatusCode.NotFound, "operation-not-found");
    }

    [Theory, EachTransport]
    public async Task An_operation_whose_end_is_unknown_runs_again_under_a_new_ticket_of_the_api(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        var card = await agent.BlankCardIn();
        await agent.Arrange("tearAfter", 4);
        var operation = api.Prepare(Apdus.SpendOneTry);
        (await agent.Run(operation)).Dispose();
        await agent.Insert(card);

        operation.Reissue($"{operation.OperationId}.{new string('B', 43)}", Apdus.SpendOneTry);
        using var settled = await agent.Run(operation);
        await agent.Down();
        await agent.Up();
        using var afterRestart = await agent.Run(operation);

        Assert.Equal("confirmed", (await TestAgent.Body(settled)).GetProperty("state").GetString());
        Assert.Equal("63C1", operation.Rounds[1].Answers[^1].StatusWord);
        Assert.Equal(await settled.Content.ReadAsStringAsync(), await afterRestart.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_conflict_that_the_api_calls_retryable_is_tried_again()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        await agent.BlankCardIn();
        var asked = 0;
        var operation = api.Prepare(r =>
            asked++ == 0 ? new PeerReply(409, """{"code":"concurrent-change","retryable":true}""") : PeerReply.Done(r)
        );

        using var response = await agent.Run(operation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, operation.Requests);
    }
}
