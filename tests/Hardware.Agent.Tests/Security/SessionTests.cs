using System.Net.Http.Headers;
using Hardware.Agent.Security;
using Hardware.Agent.Settings;
using TestRuns;

namespace Hardware.Agent.Tests.Security;

public sealed class SessionTests
{
    private const string OtherOrigin = "https://training.example";

    [Theory]
    [InlineData("GET", "/v1/readers")]
    [InlineData("GET", "/v1/card")]
    [InlineData("GET", "/v1/events")]
    [InlineData("GET", "/v1/operations")]
    [InlineData("POST", "/v1/operations")]
    [InlineData("POST", "/v1/simulator/cards")]
    [InlineData("DELETE", "/v1/sessions/current")]
    [InlineData("GET", "/v1/no-such-address")]
    public async Task Every_address_but_health_needs_a_session(string method, string path)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        using var page = Page(agent, TestAgent.Origin, token: null);
        using var without = new HttpRequestMessage(new HttpMethod(method), path);
        using var wrong = new HttpRequestMessage(new HttpMethod(method), path);
        wrong.Headers.Authorization = new AuthenticationHeaderValue("Bearer", new string('A', 43));

        using var refused = await page.SendAsync(without);
        using var alsoRefused = await page.SendAsync(wrong);

        await TestAgent.Problem(refused, HttpStatusCode.Unauthorized, "session-required");
        await TestAgent.Problem(alsoRefused, HttpStatusCode.Unauthorized, "session-required");
        Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    public async Task Health_and_the_description_need_neither_origin_nor_session(string path)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        using var stranger = agent.Stranger();

        using var response = await stranger.GetAsync(path);

        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_token_is_worth_nothing_to_another_origin_even_an_allowed_one()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, $"--Agent:AllowedOrigins:1={OtherOrigin}");
        using var other = Page(agent, OtherOrigin, agent.Http.DefaultRequestHeaders.Authorization?.Parameter);

        using var response = await other.GetAsync("/v1/readers");

        await TestAgent.Problem(response, HttpStatusCode.Unauthorized, "session-required");
    }

    [Fact]
    public async Task A_session_that_was_closed_is_over_and_an_agent_that_was_restarted_knows_none()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        using var again = Page(agent, TestAgent.Origin, await Open(agent));

        using var closed = await agent.Http.DeleteAsync("/v1/sessions/current");
        using var over = await agent.Http.GetAsync("/v1/readers");
        using var lives = await again.GetAsync("/v1/readers");
        await agent.Down();
        await agent.Up();
        using var fromBefore = Page(agent, TestAgent.Origin, again.DefaultRequestHeaders.Authorization?.Parameter);
        using var unknown = await fromBefore.GetAsync("/v1/readers");

        Assert.Equal(HttpStatusCode.NoContent, closed.StatusCode);
        await TestAgent.Problem(over, HttpStatusCode.Unauthorized, "session-required");
        Assert.Equal(HttpStatusCode.OK, lives.StatusCode);
        await TestAgent.Problem(unknown, HttpStatusCode.Unauthorized, "session-required");
    }

    [Fact]
    public async Task An_event_stream_ends_with_its_session()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        using var closing = Page(agent, TestAgent.Origin, await Open(agent));
        using var stream = await closing.GetAsync("/v1/events", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());
        Assert.Equal("event: readers", await lines.ReadLineAsync());

        using var closed = await closing.DeleteAsync("/v1/sessions/current");
        await agent.BlankCardIn();

        var rest = await lines.ReadToEndAsync().WaitAsync(Patience.Longest);
        Assert.DoesNotContain("card-inserted", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_opens_session_after_session_locks_nobody_out()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        var old = await Open(agent);
        for (var i = 0; i < BrowserSessions.Most; i++)
        {
            // The counter's page goes on working meanwhile, so its session is never the one used least recently.
            await agent.Get("/v1/readers");
            await Open(agent);
        }

        using var forgotten = Page(agent, TestAgent.Origin, old);
        using var refused = await forgotten.GetAsync("/v1/readers");

        await TestAgent.Problem(refused, HttpStatusCode.Unauthorized, "session-required");
        await agent.Get("/v1/readers");
    }

    [Fact]
    public void A_session_ends_with_its_hours_however_busy_it_is()
    {
        var clock = new HandClock();
        var sessions = new BrowserSessions(new AgentSettings { SessionHours = 2 }, clock);
        var (token, expiresAt) = sessions.Open(TestAgent.Origin);

        clock.Now += TimeSpan.FromMinutes(119);
        Assert.True(sessions.IsGood(token, TestAgent.Origin));
        clock.Now += TimeSpan.FromMinutes(1);

        Assert.Equal(clock.Now, expiresAt);
        Assert.False(sessions.IsGood(token, TestAgent.Origin));
    }

    private static async Task<string> Open(TestAgent agent)
    {
        using var page = Page(agent, TestAgent.Origin, token: null);
        using var opened = await page.PostAsync("/v1/sessions", null);
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        Assert.True(opened.Headers.CacheControl?.NoStore);
        return (await TestAgent.Body(opened)).GetProperty("token").GetString() ?? "";
    }

    private static HttpClient Page(TestAgent agent, string origin, string? token)
    {
        var page = agent.Stranger();
        page.DefaultRequestHeaders.Add("Origin", origin);
        page.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return page;
    }

    private sealed class HandClock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
