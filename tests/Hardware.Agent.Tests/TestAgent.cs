using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using TestRuns;

namespace Hardware.Agent.Tests;

/// <summary>A running agent in this process, on a port and in a folder of its own, with a person at its readers and a page with a session.</summary>
internal sealed class TestAgent : IAsyncDisposable
{
    internal const string Reader1 = "Virtual reader 1";
    internal const string Reader2 = "Virtual reader 2";
    internal const string Origin = "https://counter.example";
    private const int MostAgain = 10;
    private static readonly TimeSpan s_seen = TimeSpan.FromSeconds(3);

    private readonly string[] _settings;
    private readonly ICardHand _hand;
    private WebApplication? _app;

    private TestAgent(string folder, string api, Transport transport, string[] settings)
    {
        Folder = folder;
        _hand = CardHand.At(transport, folder);
        _settings =
        [
            "--urls=http://127.0.0.1:0",
            $"--Agent:DataFolder={folder}",
            $"--Agent:AllowedOrigins:0={Origin}",
            $"--Api:Address={api}",
            "--Api:FirstPauseMilliseconds=5",
            "--Api:ReportPauseSeconds=1",
            "--Logging:LogLevel:Default=None",
            .. CardHand.Settings(transport),
            .. settings,
        ];
    }

    internal string Folder { get; }

    /// <summary>The page's requests: with its origin and its session.</summary>
    internal HttpClient Http { get; private set; } = new();

    internal ICardHand Hand => _hand;

    /// <summary>The first and the second reader, whatever the transport calls them.</summary>
    internal string First => _hand.Reader1;

    internal string Second => _hand.Reader2;

    internal static string NewFolder() => Directory.CreateTempSubdirectory("hardware-agent-test-").FullName;

    internal static Task<TestAgent> Start(CardApi api, params string[] settings) => Start(api, Transport.InProcess, settings);

    internal static Task<TestAgent> Start(CardApi api, Transport transport, params string[] settings) =>
        Up(new TestAgent(NewFolder(), api.Address, transport, settings));

    internal static Task<TestAgent> StartIn(string folder, string api, params string[] settings) =>
        Up(new TestAgent(folder, api, Transport.InProcess, settings));

    internal async Task Up()
    {
        _app = AgentHost.Build(_settings);
        await _app.StartAsync();
        Http = await OpenSession(new HttpClient { BaseAddress = new Uri(_app.Urls.Single()), Timeout = Patience.Longest });
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
        await _hand.DisposeAsync();
        Http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Does what a page does first.</summary>
    internal static async Task<HttpClient> OpenSession(HttpClient page)
    {
        page.DefaultRequestHeaders.Add("Origin", Origin);
        using var opened = await page.PostAsync("/v1/sessions", null);
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        page.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            (await Body(opened)).GetProperty("token").GetString()
        );
        return page;
    }

    /// <summary>Somebody else on this machine: neither origin nor session.</summary>
    internal HttpClient Stranger() => new() { BaseAddress = Http.BaseAddress };

    internal Task<HttpResponseMessage> Run(PeerOperation operation, string? reader = null) =>
        Http.PostAsJsonAsync("/v1/operations", new { ticket = operation.Ticket, reader });

    internal async Task<string> BlankCardIn(string? reader = null)
    {
        var id = await NewCard();
        await Insert(id, reader);
        return id;
    }

    internal Task<string> NewCard() => _hand.NewCard(Http);

    internal Task Insert(string cardId, string? reader = null) => _hand.Insert(Http, cardId, reader ?? First);

    internal Task Remove(string? reader = null) => _hand.Remove(Http, reader ?? First);

    internal Task Arrange(string kind, int atCommand, string? reader = null) => _hand.Arrange(Http, kind, atCommand, reader ?? First);

    internal Task UntilCardHangs() => Until(() => _hand.Hangs(Http, First), "the card hangs in the middle of a command");

    internal async Task<JsonElement> Get(string path)
    {
        using var response = await Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await Body(response);
    }

    /// <summary>empty, card, inUse or notResponding; nothing when there is no such reader now.</summary>
    internal static async Task<string> StateOf(HttpClient agent, string reader)
    {
        using var response = await agent.GetAsync($"/v1/readers/{Uri.EscapeDataString(reader)}");
        return response.IsSuccessStatusCode ? (await Body(response)).GetProperty("state").GetString() ?? "" : "";
    }

    internal Task<string> ReaderState(string? reader = null) => StateOf(Http, reader ?? First);

    /// <summary>A PC/SC service tells of a card a moment later.</summary>
    internal Task UntilReader(string state, string? reader = null) =>
        Until(async () => await ReaderState(reader) == state, $"the reader's state is {state}");

    internal async Task<JsonElement> Operation(PeerOperation operation) => await Get($"/v1/operations/{operation.OperationId}");

    /// <summary>Asks again and again until the condition holds.</summary>
    internal static async Task Until(Func<Task<bool>> holds, string what)
    {
        Assert.True(await Becomes(holds, Patience.Longest), $"Not within {Patience.Longest}: {what}");
    }

    /// <summary>Whether it holds before the time is over.</summary>
    internal static async Task<bool> Becomes(Func<Task<bool>> holds, TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        using var ask = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await holds())
        {
            if (limit.IsCancellationRequested)
            {
                return false;
            }

            await ask.WaitForNextTickAsync();
        }

        return true;
    }

    /// <summary>
    /// Waits until the agent sees a card that was just put in. Now and then the virtual reader's driver does not see it, and it is taken out and put
    /// in again, as a person would; no command has reached it by then.
    /// </summary>
    internal static async Task UntilSeen(Func<Task<bool>> sees, Func<Task> putInAgain)
    {
        for (var again = 0; !await Becomes(sees, s_seen); again++)
        {
            Assert.True(again < MostAgain, "The agent does not see the card.");
            await putInAgain();
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

    private static async Task<TestAgent> Up(TestAgent agent)
    {
        try
        {
            await agent.Up();
            await agent._hand.Begin(agent.Http);
            return agent;
        }
        catch
        {
            await agent.Down();
            await agent._hand.DisposeAsync();
            throw;
        }
    }
}
