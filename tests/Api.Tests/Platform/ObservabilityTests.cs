using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using TestRuns;

namespace Api.Tests.Platform;

/// <summary>What those who run the API see (PL-06.10), and what nobody may see in its log (PL-06.9).</summary>
public sealed class ObservabilityTests
{
    private const string CertificateNumber = "11010519491231002X";
    private const string Phone = "13800138000";

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.10")]
    public async Task Ready_says_503_while_the_database_is_no_use_and_live_goes_on(Database database)
    {
        await using var host = await TestHost.Start(database);
        Assert.Equal("ready", await host.Client.GetStringAsync("/health/ready"));
        await using var db = await host.OpenDatabase();
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE number_series RENAME TO number_series_away");
        using (var away = await host.Client.GetAsync("/health/ready"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        }

        Assert.Equal("live", await host.Client.GetStringAsync("/health/live"));
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE number_series_away RENAME TO number_series");
        Assert.Equal("ready", await host.Client.GetStringAsync("/health/ready"));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.10")]
    public async Task Bookings_are_counted(Database database)
    {
        await using var host = await TestHost.Start(database);
        var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        var counted = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            // Of this host alone: others in the process count for themselves.
            if (instrument.Meter.Name == BooksMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, _, _) =>
            {
                lock (counted)
                {
                    counted[instrument.Name] = counted.GetValueOrDefault(instrument.Name) + value;
                }
            }
        );
        listener.Start();
        for (var i = 0; i < 3; i++)
        {
            await counter.Collected(card, 100);
        }

        lock (counted)
        {
            Assert.Equal(3, counted["books.bookings"]);
            Assert.Equal(3, counted["books.batches"]);
        }
    }

    [Fact]
    [Trait("Requirement", "PL-06.9"), Trait("Requirement", "PL-06.10")]
    public async Task The_log_is_JSON_with_trace_ids_and_without_personal_data_or_secrets()
    {
        var settings = ApiProcess.Settings(Database.Sqlite, await TestDatabase.Create(Database.Sqlite));
        settings["Demo:Seed"] = "Benchmark";
        settings["Logging:LogLevel:Default"] = "Debug";
        settings["Logging:LogLevel:Microsoft.AspNetCore"] = "Debug";
        settings["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Debug";
        List<string> secrets = [CertificateNumber, Phone, TestHost.AdminPassword];
        await using var api = await ApiProcess.Start(settings);
        var access = JsonNode.Parse(await api.Http.GetStringAsync("/internal/benchmark"))!;
        secrets.Add(access["token"]!.GetValue<string>());
        var card = access["cardNumbers"]![0]!.GetValue<string>();
        var signedIn = await SignIn(api, TestHost.AdminPassword);
        secrets.AddRange([signedIn["accessToken"]!.GetValue<string>(), signedIn["refreshToken"]!.GetValue<string>()]);
        await SignIn(api, "Wrong2026");
        secrets.Add("Wrong2026");
        await Post(api, secrets[3], $"/v1/cards/{card}/collections", TestCounter.Payment(100));
        await Post(api, secrets[3], $"/v1/cards/{card}/collections", new JsonObject { ["amount"] = Phone });
        var issue = await Post(api, signedIn["accessToken"]!.GetValue<string>(), "/v1/issuances/personal-single", ChipCards.OpeningBody());
        secrets.AddRange(issue["operation"]?["ticket"] is { } ticket ? [ticket.GetValue<string>()] : []);
        api.Http.CancelPendingRequests();
        await api.DisposeAsync();

        var lines = api.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length > 20);
        // All but the last: the process is killed at the end, perhaps in the middle of a line.
        Assert.All(lines[..^1], l => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(l).RootElement.ValueKind));
        Assert.Contains(lines, l => l.Contains("\"TraceId\"", StringComparison.Ordinal));
        Assert.DoesNotContain(secrets, s => api.Output.Contains(s, StringComparison.Ordinal));
        Assert.True(secrets.Count >= 7);
    }

    [Fact]
    [Trait("Requirement", "PL-06.10")]
    public async Task Traces_and_metrics_go_to_the_collector_that_is_named()
    {
        var traces = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var metrics = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.MapPost("/v1/traces", (HttpRequest request) => Taken(request, traces));
        collector.MapPost("/v1/metrics", (HttpRequest request) => Taken(request, metrics));
        await collector.StartAsync();

        var settings = ApiProcess.Settings(Database.Sqlite, await TestDatabase.Create(Database.Sqlite));
        settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First();
        settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        settings["OTEL_METRIC_EXPORT_INTERVAL"] = "500";
        settings["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        await using var api = await ApiProcess.Start(settings);
        await SignIn(api, TestHost.AdminPassword);
        await traces.Task.WaitAsync(Patience.Longest);
        await metrics.Task.WaitAsync(Patience.Longest);
    }

    private static async Task Taken(HttpRequest request, TaskCompletionSource arrived)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        if (
            request.ContentType == "application/x-protobuf"
            && System.Text.Encoding.UTF8.GetString(body.ToArray()).Contains("counter-api", StringComparison.Ordinal)
        )
        {
            arrived.TrySetResult();
        }
    }

    private static async Task<JsonNode> SignIn(ApiProcess api, string password)
    {
        var body = new
        {
            branchCode = TestHost.AdminBranch,
            login = "admin",
            password,
        };
        using var response = await api.Http.PostAsJsonAsync("/v1/sign-in", body);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private static async Task<JsonNode> Post(ApiProcess api, string token, string path, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Idempotency-Key", Clerk.NewKey());
        using var response = await api.Http.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
