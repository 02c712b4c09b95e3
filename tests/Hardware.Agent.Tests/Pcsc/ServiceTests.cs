using System.Net.Sockets;
using Hardware.Agent.Cards.Pcsc;
using Hardware.Simulators.Chip;
using Hardware.Simulators.Readers;

namespace Hardware.Agent.Tests.Pcsc;

/// <summary>What only a real PC/SC service does.</summary>
[Collection(PcscService.Collection)]
public sealed class ServiceTests
{
    private const int CommitCommand = 4;

    public ServiceTests() => PcscService.SkipWithout();

    [Fact]
    public async Task An_independent_program_lists_the_reader_and_sees_the_cards_answer_to_reset()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, Transport.Pcscd);
        var card = await agent.BlankCardIn();

        var list = await PcscService.Run("opensc-tool", "--list-readers");
        var atr = await PcscService.Run("opensc-tool", "--reader", agent.First, "--atr");

        Assert.Contains(PcscService.Reader1, list, StringComparison.Ordinal);
        Assert.Contains(PcscService.Reader2, list, StringComparison.Ordinal);
        var plain = atr.Replace(":", "", StringComparison.Ordinal).Trim().ToUpperInvariant();
        Assert.Equal("3B6A00004643" + card.ToUpperInvariant(), plain);
        Assert.Equal(plain, (await agent.Get($"/v1/readers/{agent.First}")).GetProperty("atr").GetString());
    }

    [Fact]
    public async Task A_card_that_another_program_holds_is_busy_and_free_again_afterwards()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, Transport.Pcscd);
        await agent.BlankCardIn();
        var operation = api.Prepare(Apdus.SpendOneTry);

        var release = await HoldFromAnotherContext(agent.First);
        using var refused = await agent.Run(operation);
        using var read = await agent.Http.GetAsync("/v1/card");
        await release();
        using var done = await agent.Run(operation);

        await TestAgent.Problem(refused, HttpStatusCode.Locked, "reader-busy");
        await TestAgent.Problem(read, HttpStatusCode.Locked, "reader-busy");
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal("63C2", operation.Rounds[1].Answers[^1].StatusWord);
    }

    [Fact]
    public async Task A_service_that_is_killed_is_a_problem_of_its_own_and_is_found_again_when_it_is_back()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, Transport.Pcscd);
        var card = await agent.BlankCardIn();
        var operation = api.Prepare(Apdus.SpendOneTry);

        await PcscService.Kill();
        try
        {
            await TestAgent.Until(
                async () => (int)(await agent.Http.GetAsync("/v1/readers")).StatusCode == 503,
                "the agent sees that the service is gone"
            );
            using var readers = await agent.Http.GetAsync("/v1/readers");
            using var run = await agent.Run(operation);
            using var ready = await agent.Http.GetAsync("/health/ready");
            await TestAgent.Problem(readers, HttpStatusCode.ServiceUnavailable, "reader-service-missing");
            await TestAgent.Problem(run, HttpStatusCode.ServiceUnavailable, "reader-service-missing");
            await TestAgent.Problem(ready, HttpStatusCode.ServiceUnavailable, "reader-service-missing");
        }
        finally
        {
            await PcscService.Back();
        }

        await agent.UntilReader("empty");
        await agent.Insert(card);
        using var done = await agent.Run(operation);
        Assert.Equal("63C2", operation.Rounds[1].Answers[^1].StatusWord);
    }

    [Fact]
    public async Task A_service_that_is_killed_in_the_middle_of_a_commit_leaves_it_unknown_and_frees_the_caller()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, Transport.Pcscd);
        var card = await agent.BlankCardIn();
        await agent.Arrange("silentAfter", CommitCommand);
        var operation = api.Prepare(Apdus.SpendOneTry);

        var running = agent.Run(operation);
        await agent.UntilCardHangs();
        await PcscService.Kill();
        using var response = await running;
        await PcscService.Back();

        Assert.Equal("unknown", (await TestAgent.Body(response)).GetProperty("state").GetString());
        Assert.Equal(2, operation.Rounds[1].Failure?.CommandIndex);
        await agent.UntilReader("empty");
        await agent.Insert(card);
        var next = api.Prepare(Apdus.SpendOneTry);
        using var done = await agent.Run(next);
        Assert.Equal("63C1", next.Rounds[1].Answers[^1].StatusWord);
    }

    /// <summary>The virtual driver's readers come and go with the service only, which is so far the same to whoever waits for them.</summary>
    [Fact]
    public async Task A_reader_that_comes_is_told_and_one_that_goes_is_told_and_not_found_any_more()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, Transport.Pcscd);
        await using var events = await EventStream.Open(agent.Http);
        var virtualReaders = await File.ReadAllTextAsync(PcscService.ReaderFile);
        var another = virtualReaders
            .Replace("Virtual PCD", "Another", StringComparison.Ordinal)
            .Replace("0x8C7B", "0x8C8B", StringComparison.Ordinal);
        try
        {
            await PcscService.Kill();
            await File.WriteAllTextAsync(PcscService.ReaderFile + "-2", another);
            await PcscService.Back();
            await events.Until("reader-removed", agent.Second);
            await events.Until("reader-added", "Another 00 00");
            await TestAgent.Until(async () => await agent.ReaderState("Another 00 00") == "empty", "the reader can be used");
        }
        finally
        {
            File.Delete(PcscService.ReaderFile + "-2");
            await PcscService.Kill();
            await PcscService.Back();
        }

        await events.Until("reader-removed", "Another 00 00");
        await events.Until("reader-added", agent.First);
        using var gone = await agent.Http.GetAsync("/v1/card?reader=Another 00 00");
        await TestAgent.Problem(gone, HttpStatusCode.NotFound, "reader-not-found");
    }

    [Fact]
    public async Task A_card_that_speaks_T1_gets_the_length_of_every_answer()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, Transport.Pcscd);
        ((VpcdHand)agent.Hand).Options = new ChipOptions { TransmissionProtocol1 = true };
        var card = await agent.BlankCardIn();
        var operation = api.Prepare(Apdus.SpendOneTry);

        using var done = await agent.Run(operation);

        Assert.StartsWith("3B8A01", operation.Rounds[0].Atr, StringComparison.Ordinal);
        Assert.Equal(["9000", "9000", "63C2"], operation.Rounds[1].Answers.Select(a => a.StatusWord));
        Assert.StartsWith("6F", operation.Rounds[1].Answers[0].Data, StringComparison.Ordinal);
        Assert.Equal(card.ToUpperInvariant(), (await agent.Get("/v1/card")).GetProperty("chipSerial").GetString());
    }

    [Fact]
    public async Task An_answer_of_one_byte_is_no_answer()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, Transport.Pcscd);
        using var card = new TcpClient();
        await card.ConnectAsync("127.0.0.1", VpcdCard.FirstPort);
        var answering = AnswerOneByte(card.GetStream());
        await agent.UntilReader("card");

        using var read = await agent.Http.GetAsync("/v1/card");
        await TestAgent.Problem(read, HttpStatusCode.Conflict, "card-no-answer");

        card.Close();
        await answering;
        await agent.UntilReader("empty");
    }

    /// <summary>A card whose contact breaks after the first byte of every answer.</summary>
    private static async Task AnswerOneByte(NetworkStream stream)
    {
        try
        {
            while (true)
            {
                var length = new byte[2];
                await stream.ReadExactlyAsync(length);
                var message = new byte[length[1]];
                await stream.ReadExactlyAsync(message);
                byte[]? answer = message switch
                {
                    [4] => [0x3B, 0x60, 0x00, 0x00],
                    [_] => null,
                    _ => [0x90],
                };
                if (answer is not null)
                {
                    await stream.WriteAsync((byte[])[0, (byte)answer.Length, .. answer]);
                }
            }
        }
        catch (IOException)
        {
            // Taken out.
        }
    }

    /// <summary>As another program would: the service knows contexts, not processes. Gives what lets go again.</summary>
    private static async Task<Func<Task>> HoldFromAnotherContext(string reader)
    {
        const uint exclusive = 1;
        const uint anyProtocol = 3;
        var other = new PcscThread("another program");
        var names = new PcscLite();
        var code = await other.Run(context => names.Connect(context, reader, exclusive, anyProtocol, out _, out _));
        Assert.Equal(PcscCode.Success, code);
        return () =>
        {
            other.End();
            return other.Ended;
        };
    }
}
