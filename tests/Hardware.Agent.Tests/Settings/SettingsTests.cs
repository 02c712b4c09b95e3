using Hardware.Agent.Settings;

namespace Hardware.Agent.Tests.Settings;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("--urls=http://0.0.0.0:5481", "urls")]
    [InlineData("--urls=http://*:5481", "urls")]
    [InlineData("--urls=http://192.168.1.7:5481;http://127.0.0.1:5481", "urls")]
    [InlineData("--urls=http://counter.example:5481", "urls")]
    [InlineData("--Kestrel:Endpoints:Any:Url=http://+:80", "urls")]
    [InlineData("--http_ports=8080", "HTTP_PORTS")]
    [InlineData("--Agent:Transport=usb", "Agent:Transport")]
    [InlineData("--Agent:SessionHours=0", "Agent:SessionHours")]
    [InlineData("--Agent:WatchdogSeconds=0", "Agent:WatchdogSeconds")]
    [InlineData("--Agent:WatchdogSeconds=NaN", "Agent:WatchdogSeconds")]
    [InlineData("--Agent:AllowedOrigins:0=*", "Agent:AllowedOrigins")]
    [InlineData("--Agent:AllowedOrigins:0=https://counter.example/", "Agent:AllowedOrigins")]
    [InlineData("--Agent:VirtualReaders:0=", "Agent:VirtualReaders")]
    [InlineData("--Agent:IssuerProfile=/nowhere.json", "Agent:IssuerProfile")]
    [InlineData("--Api:Address=", "Api:Address")]
    [InlineData("--Api:Address=ftp://api.example", "Api:Address")]
    [InlineData("--Api:Address=http://api.example", "AllowPlainHttp")]
    [InlineData("--Api:Tries=0", "Api:Tries")]
    [InlineData("--Api:RoundSeconds=1000", "Api:RoundSeconds")]
    public void A_setting_the_agent_cannot_start_with_is_told_in_a_sentence(string argument, string named)
    {
        var refused = Assert.Throws<SettingsException>(() => AgentHost.Build([argument, $"--Agent:DataFolder={Path.GetTempPath()}"]));

        Assert.Contains(named, Assert.Single(refused.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_process_refuses_to_listen_for_other_machines_and_says_what_to_do()
    {
        var (exitCode, error) = await AgentProcess.Refused("--urls=http://0.0.0.0:0");

        Assert.Equal(2, exitCode);
        Assert.Contains("other machines can reach", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_agent_on_the_same_data_folder_does_not_start()
    {
        await using var api = await Peer.CardApi.Start();
        await using var agent = await TestAgent.Start(api);

        var refused = await Assert.ThrowsAsync<SettingsException>(() => TestAgent.StartIn(agent.Folder, api.Address));

        Assert.Contains("Agent:DataFolder", refused.Message, StringComparison.Ordinal);
    }
}
