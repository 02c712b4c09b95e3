using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Api.Tests.Platform;

/// <summary>One line for every request (PL-06.33): what a problem's trace id finds, and what never stands there.</summary>
public sealed class RequestLogTests
{
    private const string CertificateNumber = "11010519491231002X";
    private const string Phone = "13800138000";
    private const string WrongPassword = "Wrong2026";
    private const string Remark = "remark-that-nobody-logs";

    [Fact]
    [Trait("Requirement", "PL-06.33"), Trait("Requirement", "PL-06.9")]
    public async Task The_trace_id_of_every_problem_finds_its_line_and_no_line_tells_of_persons_or_secrets()
    {
        var settings = ApiProcess.Settings(Database.Sqlite, await TestDatabase.Create(Database.Sqlite));
        settings["Demo:Seed"] = "Benchmark";
        await using var api = await ApiProcess.Start(settings);
        var seed = JsonNode.Parse(await api.Http.GetStringAsync("/internal/benchmark"))!;
        var (token, card) = (seed["token"]!.GetValue<string>(), seed["cardNumbers"]![0]!.GetValue<string>());
        var body = new JsonObject
        {
            ["amount"] = 100,
            ["paymentMethod"] = "cash",
            ["oilType"] = "gasoline92",
            ["remark"] = Remark,
        };
        var asked = new List<(string Operation, string? Code, JsonNode Answer)>
        {
            ("SignIn", "sign-in-failed", await Post(api, "/v1/sign-in", SignIn(WrongPassword), null)),
            ("SignIn", null, await Post(api, "/v1/sign-in", SignIn(TestHost.AdminPassword), null)),
            ("CollectPayment", null, await Post(api, $"/v1/cards/{card}/collections", body.DeepClone(), token, "log-1")),
            ("CollectPayment", "idempotency-key-required", await Post(api, $"/v1/cards/{card}/collections", body, token)),
            ("CollectPayment", "not-signed-in", await Post(api, $"/v1/cards/{card}/collections", Payment(), new string('A', 43))),
            ("CollectPayment", "malformed-json", await Post(api, $"/v1/cards/{card}/collections", null, token, "log-2")),
            ("SearchHolders", null, await Post(api, "/v1/holders/searches", Holder(), token)),
            ("SearchCustomers", null, await Post(api, "/v1/customers/searches", Customer(), token)),
            ("none", "not-found", await Get(api, $"/v1/nothing/{CertificateNumber}?phone={Phone}", token)),
            ("none", "method-not-allowed", await Get(api, "/v1/sign-in", token)),
            ("none", "invalid-parameter", await Get(api, $"/v1/customers?phone={Phone}%00", token)),
            ("/internal/runtime", null, await Get(api, "/internal/runtime", null)),
        };

        var lines = await Eventually.Holds(() => Task.FromResult(Lines(api)), l => l.Count >= asked.Count + 1);
        foreach (var (operation, code, answer) in asked.Where(a => a.Code is not null))
        {
            var line = Assert.Single(lines, l => l["TraceId"]!.GetValue<string>() == answer["traceId"]!.GetValue<string>());
            Assert.Equal((operation, code), (Text(line, "Operation"), Text(line, "Code")));
            Assert.Equal(answer["status"]!.GetValue<int>(), line["State"]!["Status"]!.GetValue<int>());
            Assert.True(line["State"]!["Microseconds"]!.GetValue<long>() > 0);
        }

        Assert.All(asked.Where(a => a.Code is null), a => Assert.Contains(lines, l => Text(l, "Operation") == a.Operation));
        var booked = Assert.Single(lines, l => Text(l, "Operation") == "CollectPayment" && Status(l) == 201);
        Assert.Equal("operator", Text(booked, "CallerKind"));
        Assert.Matches("^[0-9]{8}$", Text(booked, "Branch"));
        Assert.True(booked["State"]!["CallerId"]!.GetValue<long>() > 0);
        // Who is let in has a name; who is not has an address.
        Assert.Null(Text(booked, "Address"));
        Assert.All(lines.Where(l => Status(l) == 401), l => Assert.Equal("127.0.0.1", Text(l, "Address")));
        Assert.Contains(lines, l => Status(l) == 401);

        string[] secrets = [CertificateNumber, Phone, WrongPassword, TestHost.AdminPassword, token, card, Remark, new('A', 43)];
        Assert.DoesNotContain(secrets, s => api.Output.Contains(s, StringComparison.Ordinal));
    }

    private static List<JsonNode> Lines(ApiProcess api) =>
        [
            .. api
                .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(l => JsonNode.Parse(l)!)
                .Where(l => l["Category"]!.GetValue<string>() == "Platform.Requests" && l["EventId"]!.GetValue<int>() == 1),
        ];

    private static string? Text(JsonNode line, string member) => line["State"]![member]?.GetValue<string>();

    private static int Status(JsonNode line) => line["State"]!["Status"]!.GetValue<int>();

    private static JsonObject Payment() => TestCounter.Payment(100);

    private static JsonObject Holder() => new() { ["certificateType"] = "residentIdentity", ["certificateNumber"] = CertificateNumber };

    private static JsonObject Customer() => new() { ["certificateNumber"] = CertificateNumber, ["phone"] = Phone };

    private static JsonObject SignIn(string password) =>
        new()
        {
            ["branchCode"] = TestHost.AdminBranch,
            ["login"] = "admin",
            ["password"] = password,
        };

    private static Task<JsonNode> Get(ApiProcess api, string path, string? token) =>
        Send(api, new HttpRequestMessage(HttpMethod.Get, path), token);

    private static Task<JsonNode> Post(ApiProcess api, string path, JsonNode? body, string? token, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = body is null ? new StringContent("{", Encoding.UTF8, "application/json") : JsonContent.Create(body),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return Send(api, request, token);
    }

    private static async Task<JsonNode> Send(ApiProcess api, HttpRequestMessage request, string? token)
    {
        using (request)
        {
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            using var response = await api.Http.SendAsync(request);
            Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
            return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        }
    }
}
