using System.Net.Sockets;
using System.Text;

namespace Hardware.Agent.Tests.Security;

public sealed class BrowserGuardTests
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:5481")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("10.0.0.5")]
    public async Task A_name_that_was_rebound_to_this_machine_is_refused(string host)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/readers") { Headers = { Host = host } };

        using var response = await agent.Http.SendAsync(request);

        await TestAgent.Problem(response, HttpStatusCode.Forbidden, "host-not-allowed");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1:5481")]
    [InlineData("[::1]:5481")]
    public async Task A_loopback_name_is_answered(string host)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/readers") { Headers = { Host = host } };

        using var response = await agent.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/v1/readers")]
    [InlineData("GET", "/v1/card")]
    [InlineData("GET", "/v1/events")]
    [InlineData("POST", "/v1/sessions")]
    [InlineData("POST", "/v1/operations")]
    [InlineData("POST", "/health/live")]
    public async Task A_request_without_an_origin_is_refused(string method, string path)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        using var stranger = agent.Stranger();
        stranger.DefaultRequestHeaders.Authorization = agent.Http.DefaultRequestHeaders.Authorization;
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await stranger.SendAsync(request);

        await TestAgent.Problem(response, HttpStatusCode.Forbidden, "origin-missing");
    }

    [Fact]
    public async Task Two_origins_in_one_request_are_refused()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        using var stranger = agent.Stranger();
        stranger.DefaultRequestHeaders.Add("Origin", [TestAgent.Origin, "https://evil.example"]);

        using var response = await stranger.PostAsync("/v1/sessions", null);

        await TestAgent.Problem(response, HttpStatusCode.Forbidden, "origin-not-allowed");
    }

    [Fact]
    public async Task A_request_without_host_is_refused()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, agent.Http.BaseAddress?.Port ?? 0);
        await using var stream = socket.GetStream();
        await stream.WriteAsync("GET /v1/readers HTTP/1.0\r\n\r\n"u8.ToArray());

        using var reader = new StreamReader(stream, Encoding.ASCII);

        Assert.Contains("403", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("https://counter.example.evil.example")]
    [InlineData("http://counter.example")]
    [InlineData("https://counter.example:444")]
    public async Task A_foreign_page_is_refused_and_gets_no_cors_header(string origin)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Options, HttpMethod.Post })
        {
            foreach (var path in new[] { "/v1/simulator/cards", "/v1/sessions", "/health/live" })
            {
                // Even with a token that it has got hold of.
                using var stranger = agent.Stranger();
                stranger.DefaultRequestHeaders.Authorization = agent.Http.DefaultRequestHeaders.Authorization;
                using var request = new HttpRequestMessage(method, path);
                request.Headers.Add("Origin", origin);

                using var response = await stranger.SendAsync(request);

                await TestAgent.Problem(response, HttpStatusCode.Forbidden, "origin-not-allowed");
                Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
            }
        }

        Assert.Empty((await agent.Get("/v1/simulator/cards")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_browser_request_from_elsewhere_without_origin_is_refused()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        using var stranger = agent.Stranger();
        stranger.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        using var response = await stranger.GetAsync("/health/live");

        await TestAgent.Problem(response, HttpStatusCode.Forbidden, "origin-not-allowed");
    }

    [Fact]
    public async Task The_counters_page_may_call_and_its_preflight_is_answered_also_for_private_networks()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        using var page = agent.Stranger(); // a preflight carries the origin and no session
        page.DefaultRequestHeaders.Add("Origin", TestAgent.Origin);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/v1/operations");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Private-Network", "true");

        using var allowed = await page.SendAsync(preflight);
        using var answered = await agent.Http.GetAsync("/v1/readers");

        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Equal(["true"], allowed.Headers.GetValues("Access-Control-Allow-Private-Network"));
        Assert.Contains("Authorization", allowed.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);
        Assert.Contains("POST", allowed.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        Assert.Equal([TestAgent.Origin], answered.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Contains("Origin", answered.Headers.Vary);
    }
}
