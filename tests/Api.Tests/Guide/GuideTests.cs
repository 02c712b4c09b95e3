using Api.Tests.Platform;

namespace Api.Tests.Guide;

/// <summary>
/// docs/api.md and the modules' .http files, run as a reader runs them, against a real API with demonstration data, a real agent and the stand-in
/// power company.
/// </summary>
public sealed class GuideTests
{
    /// <summary>Against the agent alone, with a ticket from the environment; the agent's own tests make the same calls.</summary>
    private static readonly string[] s_alone = ["agent.http"];

    /// <summary>Changes passwords, closes the day: nothing else runs after them.</summary>
    private static readonly string[] s_last = ["access.http", "funding.http"];

    /// <summary>What eng/demo.sh --serve leaves for those files: its card in the reader, and money in the quota account.</summary>
    private static readonly string s_demoCard = Path.Combine(OpenApiTests.Root(), "tests", "Api.Tests", "Guide", "demo-card.http");

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6"), Trait("Requirement", "PL-02.1")]
    public async Task The_guide_runs_from_top_to_bottom_and_every_answer_is_as_shown(Database database)
    {
        await using var power = await PowerSide.Start();
        var settings = Settings(database, await TestDatabase.Create(database));
        settings["Electricity:PowerAddress"] = $"{power.Address}";
        settings["Electricity:AskEvery"] = "00:00:00.1";
        await using var api = await ApiProcess.Start(settings);
        await using var agent = await AgentProcess.Start(api.Http.BaseAddress!);
        var places = new Dictionary<string, string> { ["power"] = power.Address.ToString().TrimEnd('/') };
        using var run = HttpRun.Against(api.Http.BaseAddress!, agent.Address, places);
        var calls = HttpCall.OfMarkdown(await File.ReadAllTextAsync(Path.Combine(OpenApiTests.Root(), "docs", "api.md"))).ToList();
        Assert.True(calls.Count > 30);

        foreach (var call in calls)
        {
            Assert.True(call.Answer is not null, $"docs/api.md, line {call.Line}: no answer is shown.");
            var differs = run.Differs(call.Answer, await run.Send(call));
            Assert.True(differs is null, $"docs/api.md, line {call.Line}, {call.Method} {call.Address}: {differs}");
        }
    }

    [Fact]
    public async Task The_modules_calls_run_from_top_to_bottom()
    {
        await using var api = await ApiProcess.Start(Settings(Database.Sqlite, await TestDatabase.Create(Database.Sqlite)));
        await using var agent = await AgentProcess.Start(api.Http.BaseAddress!);
        var faults = await Run(api.Http.BaseAddress!, agent.Address, s_demoCard);
        var files = Directory
            .EnumerateFiles(Path.Combine(OpenApiTests.Root(), "src"), "*.http", SearchOption.AllDirectories)
            .Where(f => !s_alone.Contains(Path.GetFileName(f)))
            .OrderBy(f => s_last.Contains(Path.GetFileName(f)))
            .ThenBy(f => f, StringComparer.Ordinal)
            .ToList();
        Assert.True(files.Count > 5);
        foreach (var file in files)
        {
            faults.AddRange(await Run(api.Http.BaseAddress!, agent.Address, file));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static async Task<List<string>> Run(Uri api, Uri agent, string file)
    {
        var text = await File.ReadAllTextAsync(file);
        var name = Path.GetFileName(file);
        using var run = HttpRun.Against(api, agent, HttpCall.Settings(text));
        var faults = new List<string>();
        foreach (var call in HttpCall.OfFile(text))
        {
            try
            {
                var answered = await run.Send(call);
                if (!Expected(call, answered))
                {
                    faults.Add($"{name}, line {call.Line}, {call.Title}: {answered.Status} {answered.Text}");
                }
            }
            catch (InvalidOperationException missing)
            {
                faults.Add($"{name}, line {call.Line}, {call.Title}: {missing.Message}");
                break;
            }
        }

        return faults;
    }

    /// <summary>Done; or the refusal that its title announces by status or code.</summary>
    private static bool Expected(HttpCall call, HttpAnswered answered) =>
        call.Title.Contains($"{answered.Status}", StringComparison.Ordinal)
        || (answered.Body?["code"] is { } code && call.Title.Contains($"{code}", StringComparison.Ordinal))
        || (answered.Status is >= 200 and < 300 && !call.Title.Contains(": 4", StringComparison.Ordinal));

    private static Dictionary<string, string?> Settings(Database database, string connection) =>
        new(ApiProcess.Settings(database, connection)) { ["Demo:Seed"] = "Demo" };
}
