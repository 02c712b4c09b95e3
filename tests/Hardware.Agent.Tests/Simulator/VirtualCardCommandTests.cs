using System.Threading.Channels;
using Hardware.Agent.Settings;
using Hardware.Agent.Simulator;

namespace Hardware.Agent.Tests.Simulator;

/// <summary>The program with which a trainer holds a card to the real service's virtual reader.</summary>
[Collection(PcscService.Collection)]
public sealed class VirtualCardCommandTests : IDisposable
{
    private const string Slot = "vpcd://127.0.0.1:35963";
    private readonly string _folder = TestAgent.NewFolder();

    private string Card => Path.Combine(_folder, "card.json");

    [Theory]
    [InlineData("virtual-card")]
    [InlineData("virtual-card", Slot)]
    [InlineData("virtual-card", "http://127.0.0.1:35963", "card.json")]
    [InlineData("virtual-card", Slot, "card.json", "profile.json", "more")]
    public async Task What_it_cannot_understand_it_refuses_with_its_usage(params string[] arguments)
    {
        using var output = new StringWriter();

        var refused = await Assert.ThrowsAsync<SettingsException>(() => VirtualCardCommand.Run(arguments, TextReader.Null, output));

        Assert.Contains("Usage:", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_holds_no_card_is_left_alone()
    {
        await File.WriteAllTextAsync(Card, "my diary");
        using var output = new StringWriter();

        await Assert.ThrowsAsync<SettingsException>(() => VirtualCardCommand.Run(["virtual-card", Slot, Card], TextReader.Null, output));

        Assert.Equal("my diary", await File.ReadAllTextAsync(Card));
    }

    [Fact]
    public async Task Where_no_service_listens_it_says_so_and_goes_on()
    {
        using var output = new StringWriter();
        using var input = new StringReader("insert\ndance\nquit\nremove\n");

        Assert.Equal(0, await VirtualCardCommand.Run(["virtual-card", "vpcd://127.0.0.1:1", Card], input, output));

        Assert.True(File.Exists(Card));
        Assert.Equal(2, output.ToString().Split("That did not work").Length - 1);
        Assert.Contains("Not understood", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("There was no card", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_agent_sees_the_card_and_a_tear_that_the_trainer_arranged()
    {
        PcscService.SkipWithout();
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, Transport.Pcscd);
        using var output = new StringWriter();
        using var trainer = new Typist();
        var running = VirtualCardCommand.Run(["virtual-card", Slot, Card], trainer, TextWriter.Synchronized(output));
        await Seen(agent, trainer);
        trainer.Type("tear-after 4");
        trainer.Type("nothing to understand");
        await TestAgent.Until(
            () => Task.FromResult(output.ToString().Contains("Not understood", StringComparison.Ordinal)),
            "it has read the lines"
        );

        var torn = api.Prepare(Apdus.SpendOneTry);
        using var unknown = await agent.Run(torn);
        await agent.UntilReader("empty");
        trainer.Type("insert");
        await Seen(agent, trainer);
        var next = api.Prepare(Apdus.SpendOneTry);
        using var done = await agent.Run(next);
        trainer.Type("quit");

        Assert.Equal(0, await running);
        Assert.Equal("unknown", (await TestAgent.Body(unknown)).GetProperty("state").GetString());
        Assert.Equal("63C1", next.Rounds[1].Answers[^1].StatusWord);
        Assert.Contains("The card is out.", output.ToString(), StringComparison.Ordinal);
    }

    private static Task Seen(TestAgent agent, Typist trainer) =>
        TestAgent.UntilSeen(
            async () => await agent.ReaderState() == "card",
            async () =>
            {
                trainer.Type("remove");
                await agent.UntilReader("empty");
                trainer.Type("insert");
            }
        );

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Somebody at a keyboard, who types when it is time.</summary>
    private sealed class Typist : TextReader
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        internal void Type(string line) => _lines.Writer.TryWrite(line);

        public override async Task<string?> ReadLineAsync() => await _lines.Reader.ReadAsync();
    }
}
