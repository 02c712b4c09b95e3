using Hardware.Agent.Pairing;
using Hardware.Agent.Settings;

namespace Hardware.Agent.Tests.Security;

/// <summary>A ticket goes to the paired API and nowhere else.</summary>
public sealed class PairingTests : IDisposable
{
    private readonly string _folder = TestAgent.NewFolder();

    private string Setting => $"--Agent:DataFolder={_folder}";

    [Fact]
    public async Task A_redirect_does_not_lead_the_ticket_away()
    {
        await using var api = await CardApi.Start();
        await using var elsewhere = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        await agent.BlankCardIn();
        var operation = api.Prepare(_ => new PeerReply(307, "") { Location = elsewhere.Address });

        using var response = await agent.Run(operation);

        await TestAgent.Problem(response, HttpStatusCode.BadGateway, "api-refused");
        Assert.Equal(0, elsewhere.Requests);
    }

    [Fact]
    public async Task An_agent_that_is_paired_does_not_start_for_another_api()
    {
        await using var api = await CardApi.Start();
        await using var other = await CardApi.Start();
        await using (await TestAgent.StartIn(TestAgent.NewFolder(), api.Address)) { }

        await using var agent = await TestAgent.StartIn(_folder, api.Address);
        await agent.Down();
        var refused = Assert.Throws<SettingsException>(() => AgentHost.Build([Setting, $"--Api:Address={other.Address}"]));
        await agent.Up();

        Assert.Contains("is paired with", Assert.Single(refused.Problems), StringComparison.Ordinal);
        Assert.Contains(api.Address, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Api:Address=https://api.example/")]
    [InlineData("--Api:Address=")]
    public void An_api_elsewhere_must_be_paired_by_the_command_first(string setting)
    {
        var refused = Assert.Throws<SettingsException>(() => AgentHost.Build([Setting, setting]));

        Assert.Contains("pair https://api.example/", Assert.Single(refused.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_pairs_and_pairs_anew()
    {
        using var output = new StringWriter();
        Assert.Equal(0, await PairCommand.Run(["pair", "https://api.example", Setting], output));
        Assert.Contains("https://api.example/", output.ToString(), StringComparison.Ordinal);
        await using (AgentHost.Build([Setting, "--urls=http://127.0.0.1:0"])) { }
        await using (AgentHost.Build([Setting, "--urls=http://127.0.0.1:0", "--Api:Address=https://api.example/"])) { }

        await PairCommand.Run(["pair", "https://new.example/", Setting], output);

        Assert.Throws<SettingsException>(() => AgentHost.Build([Setting, "--Api:Address=https://api.example/"]));
    }

    [Theory]
    [InlineData("http://api.example", "not encrypted")]
    [InlineData("ftp://api.example", "base address")]
    [InlineData("api.example", "base address")]
    [InlineData("--help", "Usage")]
    public async Task The_command_refuses_what_is_no_safe_address(string address, string sentence)
    {
        using var output = new StringWriter();

        var refused = await Assert.ThrowsAsync<SettingsException>(() => PairCommand.Run(["pair", address, Setting], output));

        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pairing_that_cannot_be_read_stops_the_agent()
    {
        File.WriteAllText(Path.Combine(_folder, "pairing.json"), "{");

        var refused = Assert.Throws<SettingsException>(() => AgentHost.Build([Setting, "--Api:Address=http://127.0.0.1:5080/"]));

        Assert.Contains("Pair anew", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_agents_account_may_read_pairing_key_and_journal()
    {
        await using var api = await CardApi.Start();
        var folder = Path.Combine(_folder, "agent");
        await using var agent = await TestAgent.StartIn(folder, api.Address);

        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file mode; the data folder's own rights protect it there (docs/hardware.md).");
        }
        else
        {
            const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(own | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            foreach (var file in new[] { "pairing.json", "journal.key", "operations.journal" })
            {
                Assert.Equal(own, File.GetUnixFileMode(Path.Combine(folder, file)));
            }
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
