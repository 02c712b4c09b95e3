using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Api.Tests.Edge;

/// <summary>Who the API takes for the caller when a proxy stands in front of it (PL-08.6), and who may read what is for the machine itself.</summary>
public sealed class ProxyTests
{
    private const string Runtime = "/internal/runtime";
    private const string Stranger = "203.0.113.9";
    private const int MostRounds = 20;

    private static readonly Dictionary<string, string?> s_behindProxy = new()
    {
        ["Proxies:Trusted"] = "127.0.0.0/8, 10.1.0.0/16, fd00::/8",
        ["Internal:AllowedFrom"] = "198.51.100.0/24",
        ["SignIn:TriesPerMinuteAndAddress"] = "1",
    };

    /// <summary>A proxy on the same machine that nobody told the API of makes every caller look like the machine itself.</summary>
    [Theory]
    [InlineData("X-Forwarded-For", Stranger)]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Host", "counter.example")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("Via", "1.1 edge")]
    [Trait("Requirement", "PL-08.6")]
    public async Task What_was_forwarded_is_not_this_machine_also_where_no_proxy_is_known(string header, string value)
    {
        var host = await TestHost.Shared(Database.Sqlite);
        Assert.Equal(200, (await Get(host, Runtime, "127.0.0.1")).Status);
        Assert.Equal(200, (await Get(host, Runtime, "::ffff:127.0.0.1")).Status);
        Assert.Equal(404, (await Get(host, Runtime, Stranger)).Status);

        var forwarded = await Get(host, Runtime, "127.0.0.1", (header, value));

        Assert.Equal((404, "not-found"), (forwarded.Status, forwarded.Code));
        foreach (var path in (string[])["/internal/books", "/internal/audit"])
        {
            Assert.Equal(404, (await Get(host, path, "127.0.0.1", (header, value))).Status);
        }
    }

    [Fact]
    [Trait("Requirement", "PL-08.6")]
    public async Task A_trusted_proxy_says_who_calls_and_nobody_else_does()
    {
        await using var host = await TestHost.Start(Database.Sqlite, settings: s_behindProxy);
        (string From, string For, int Status)[] cases =
        [
            ("127.0.0.1", "198.51.100.7", 200),
            ("10.1.2.3", "198.51.100.7", 200),
            ("::ffff:10.1.2.3", "198.51.100.7", 200),
            // What the caller wrote himself stands before what the proxies wrote, and is not looked at.
            ("10.1.2.3", $"198.51.100.7, {Stranger}", 404),
            ("10.1.2.3", $"{Stranger}, 198.51.100.7", 200),
            ("10.1.2.3", $"{Stranger}, 198.51.100.7, 10.1.9.9", 200),
            ("127.0.0.1", Stranger, 404),
            ("127.0.0.1", $"127.0.0.1, {Stranger}", 404),
            ("127.0.0.1", "127.0.0.1", 404),
            ("127.0.0.1", "not-an-address", 404),
            // No proxy: a header changes nothing, but that this one is not believed to be anybody.
            (Stranger, "127.0.0.1", 404),
            (Stranger, "198.51.100.7", 404),
            ("198.51.100.7", "198.51.100.7", 404),
        ];
        foreach (var (from, whom, status) in cases)
        {
            var answer = await Get(host, Runtime, from, ("X-Forwarded-For", whom));
            Assert.True(answer.Status == status, $"{from} for {whom}: {answer.Status}");
        }

        Assert.Equal(200, (await Get(host, Runtime, "127.0.0.1")).Status);
        Assert.Equal(200, (await Get(host, Runtime, "198.51.100.7")).Status);
        Assert.Equal(404, (await Get(host, Runtime, "10.1.2.3")).Status);
    }

    [Fact]
    [Trait("Requirement", "PL-08.6"), Trait("Requirement", "PL-06.6")]
    public async Task The_limit_of_sign_ins_counts_the_true_caller()
    {
        await using var host = await TestHost.Start(Database.Sqlite, settings: s_behindProxy);
        // The limit starts anew with each minute: what ran over the end of one says nothing, and is done again from other addresses.
        string[] seen = [];
        for (var round = 0; round < MostRounds; round++)
        {
            var minute = Minute();
            seen =
            [
                await SignIns(host, "10.1.2.3", $"203.0.{round}.1"),
                // Another caller behind the same proxy is not held up by the first.
                await SignIns(host, "10.1.2.3", $"203.0.{round}.2"),
                // Who is no proxy does not get a new name by a header,
                await SignIns(host, $"203.0.{round}.3", $"203.0.{round}.4"),
                await SignIns(host, $"203.0.{round}.3", $"203.0.{round}.5"),
                // nor gives one away.
                await SignIns(host, "10.1.2.3", $"203.0.{round}.4"),
            ];
            if (minute == Minute())
            {
                break;
            }
        }

        Assert.Equal(["401, 429", "401, 429", "401, 429", "429, 429", "401, 429"], seen);
    }

    [Fact]
    [Trait("Requirement", "PL-08.6"), Trait("Requirement", "PL-06.34")]
    public async Task Scheme_and_host_come_from_a_trusted_proxy_alone()
    {
        await using var host = await TestHost.Start(
            Database.Sqlite,
            settings: new() { ["Proxies:Trusted"] = "10.1.0.0/16", ["AllowedHosts"] = "counter.example;*.branch.example" }
        );
        var trusted = await Get(
            host,
            "/",
            "10.1.2.3",
            ("X-Forwarded-For", Stranger),
            ("X-Forwarded-Proto", "https"),
            Host("counter.example")
        );
        Assert.Equal((200, "max-age=31536000"), (trusted.Status, trusted.Headers.StrictTransportSecurity.ToString()));
        var forged = await Get(host, "/", Stranger, ("X-Forwarded-For", Stranger), ("X-Forwarded-Proto", "https"), Host("counter.example"));
        Assert.Equal(421, forged.Status);
        Assert.False(forged.Headers.ContainsKey("Strict-Transport-Security"));

        foreach (var (name, status) in ((string, int)[])[("counter.example", 200), ("a.branch.example:444", 200), ("evil.example", 421)])
        {
            Assert.Equal(status, (await Get(host, "/", Stranger, ("Host", name))).Status);
            Assert.Equal(status, (await Get(host, "/", "10.1.2.3", ("X-Forwarded-For", Stranger), Host(name))).Status);
            // Whoever watches the process asks it by its address.
            Assert.Equal(200, (await Get(host, "/health/live", Stranger, ("Host", name))).Status);
        }

        Assert.Equal(200, (await Get(host, Runtime, "127.0.0.1", ("Host", "127.0.0.1:5080"))).Status);
        // A page of a rebound name, in a browser on the machine itself.
        Assert.Equal(421, (await Get(host, Runtime, "127.0.0.1", ("Host", "evil.example"))).Status);
    }

    [Fact]
    [Trait("Requirement", "PL-08.6")]
    public async Task A_port_of_its_own_keeps_internal_addresses_off_the_api_s_port()
    {
        var settings = ApiProcess.Settings(Database.Sqlite, await TestDatabase.Create(Database.Sqlite));
        var port = FreePort();
        settings["Internal:Port"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await using var api = await ApiProcess.Start(settings);
        using var own = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var first = api.Http.BaseAddress!.Port == port ? null : api.Http;
        // Either of the two may be told of first.
        using var other = first is null ? await Other(api, port) : null;
        var main = first ?? other!;

        Assert.Equal(HttpStatusCode.OK, await Status(own, Runtime));
        Assert.Equal(HttpStatusCode.NotFound, await Status(main, Runtime));
        Assert.Equal(HttpStatusCode.OK, await Status(main, "/health/live"));
        Assert.Equal(HttpStatusCode.OK, await Status(own, "/health/ready"));
    }

    private static (string, string) Host(string name) => ("X-Forwarded-Host", name);

    private static async Task<HttpClient> Other(ApiProcess api, int port)
    {
        var said = await Eventually.Holds(
            () => Task.FromResult(api.Output),
            o => o.Split("Now listening on: ").Skip(1).Any(l => !l.StartsWith($"http://127.0.0.1:{port}\"", StringComparison.Ordinal))
        );
        var address = said.Split("Now listening on: ")
            .Skip(1)
            .Select(l => l.Split('"')[0])
            .First(l => !l.EndsWith($":{port}", StringComparison.Ordinal));
        return new HttpClient { BaseAddress = new Uri(address) };
    }

    private static async Task<HttpStatusCode> Status(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return response.StatusCode;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static long Minute() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60;

    private static async Task<string> SignIns(TestHost host, string from, string whom)
    {
        var answers = new List<int>();
        for (var i = 0; i < 2; i++)
        {
            var body = Encoding.UTF8.GetBytes("""{"branchCode":"99999999","login":"nobody","password":"Wrong2026"}""");
            var context = await host.Send(c =>
            {
                Prepare(c, "POST", "/v1/sign-in", from, [("X-Forwarded-For", whom)]);
                c.Features.Set<IHttpRequestBodyDetectionFeature>(new WithBody());
                c.Request.ContentType = "application/json";
                c.Request.ContentLength = body.Length;
                c.Request.Body = new MemoryStream(body);
            });
            answers.Add(context.Response.StatusCode);
        }

        return string.Join(", ", answers);
    }

    private static async Task<Seen> Get(TestHost host, string path, string from, params (string Name, string Value)[] headers)
    {
        var context = await host.Send(c => Prepare(c, "GET", path, from, headers));
        using var reader = new StreamReader(context.Response.Body);
        var text = await reader.ReadToEndAsync();
        return new Seen(context.Response.StatusCode, text, context.Response.Headers);
    }

    private static void Prepare(HttpContext context, string method, string path, string from, (string Name, string Value)[] headers)
    {
        context.Connection.RemoteIpAddress = IPAddress.Parse(from);
        (context.Request.Method, context.Request.Path) = (method, path);
        foreach (var (name, value) in headers)
        {
            context.Request.Headers[name] = value;
        }
    }

    private sealed class WithBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }

    private sealed record Seen(int Status, string Text, IHeaderDictionary Headers)
    {
        public string? Code => Text.StartsWith('{') ? JsonNode.Parse(Text)?["code"]?.GetValue<string>() : null;
    }
}
