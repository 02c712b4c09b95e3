using System.Net.Http.Json;
using System.Text.Json;
using Hardware.Agent.Tests.Peer;
using Microsoft.AspNetCore.Builder;

namespace Hardware.Agent.Tests;

/// <summary>A running agent in this process, on a port and in a folder of its own, with a person at its virtual readers.</summary>
internal sealed class TestAgent : IAsyncDisposable
{
    internal const string Reader1 = "Virtual reader 1";
    internal const string Reader2 = "Virtual reader 2";
    internal const string Origin = "https://counter.example";

    private WebApplication? _app;
    private readonly string[] _settings;

    private TestAgent(string folder, string api, string[] settings)
    {
        Folder = folder;
        _settings =
        [
            "--urls=http://127.0.0.1:0",
            $"--Agent:DataFolder={folder}",
            $"--Agent:AllowedOrigins:0={Origin}",
            $"--Api:Address={api}",
            "--Api:FirstPauseMilliseconds=5",
            "--Api:ReportPauseSeconds=1",
            "--Logging:LogLevel:Default=None",
            .. settings,
        ];
    }

    internal string Folder { get; }

    internal string JournalPath => Path.Combine(Folder, "operations.journal");

    internal HttpClient Http { get; private set; } = new();

    internal static string NewFolder() => Directory.CreateTempSubdirectory("hardware-agent-test-").FullName;

    internal static Task<TestAgent> Start(CardApi api, params string[] settings) => StartIn(NewFolder(), api.Address, settings);

    internal static async Task<TestAgent> StartIn(string folder, string api, params string[] settings)
    {
        var agent = new TestAgent(folder, api, settings);
        await agent.Up();
        return agent;
    }

    internal async Task Up()
    {
        _app = AgentHost.Build(_settings);
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
    }

    internal async Task Down()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Down();
        Http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    internal Task<HttpResponseMessage> Run(PeerOperation operation, string? reader = null) =>
        Http.PostAsJsonAsync("/v1/operations", new { ticket = operation.Ticket, reader });

    internal async Task<string> BlankCardIn(string reader = Reader1)
    {
        var id = await NewCard();
        await Insert(id, reader);
        return id;
    }

    internal async Task<string> NewCard()
    {
        using var created = await Http.PostAsync("/v1/simulator/cards", null);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return (await Body(created)).GetProperty("cardId").GetString() ?? "";
    }

    internal async Task Insert(string cardId, string reader = Reader1)
    {
        using var done = await Http.PutAsJsonAsync($"/v1/simulator/readers/{reader}/card", new { cardId });
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
    }

    internal async Task Remove(string reader = Reader1)
    {
        using var done = await Http.DeleteAsync($"/v1/simulator/readers/{reader}/card");
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
    }

    internal async Task Arrange(string kind, int atCommand, string reader = Reader1)
    {
        using var done = await Http.PutAsJsonAsync($"/v1/simulator/readers/{reader}/fault", new { kind, atCommand });
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
    }

    internal async Task<JsonElement> Get(string path)
    {
        using var response = await Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await Body(response);
    }

    internal async Task<string> ReaderState(string reader = Reader1) =>
        (await Get($"/v1/readers/{reader}")).GetProperty("state").GetString() ?? "";

    internal async Task<JsonElement> Operation(PeerOperation operation) => await Get($"/v1/operations/{operation.OperationId}");

    /// <summary>Asks again and again until the condition holds.</summary>
    internal static async Task Until(Func<Task<bool>> holds, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var ask = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await holds())
        {
            Assert.False(limit.IsCancellationRequested, $"Not within 30 s: {what}");
            await ask.WaitForNextTickAsync();
        }
    }

    internal static async Task<JsonElement> Body(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    /// <summary>Asserts a problem and gives it.</summary>
    internal static async Task<JsonElement> Problem(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal((status, code), (response.StatusCode, JsonDocument.Parse(text).RootElement.GetProperty("code").GetString()));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.False(string.IsNullOrEmpty(JsonDocument.Parse(text).RootElement.GetProperty("traceId").GetString()));
        return JsonDocument.Parse(text).RootElement;
    }
}
