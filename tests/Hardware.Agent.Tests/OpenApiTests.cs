using Hardware.Agent.Tests.Peer;

namespace Hardware.Agent.Tests;

public sealed class OpenApiTests
{
    /// <summary>With UPDATE_OPENAPI=1 the file is written from the agent instead (eng/openapi.sh).</summary>
    [Fact]
    public async Task The_committed_description_is_that_of_the_running_agent()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        var file = Path.Combine(Root(), "openapi", "hardware-agent.v1.json");

        var now = (await agent.Http.GetStringAsync("/openapi/v1.json")).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file) ?? "");
            await File.WriteAllTextAsync(file, now);
        }

        Assert.Equal((await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n"), now);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Api.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Api.sln is in no folder above the tests.");
    }
}
