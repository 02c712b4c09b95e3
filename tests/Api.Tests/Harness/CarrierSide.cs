using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Api.Tests.Harness;

/// <summary>The stand-in carrier as a process of its own, with a database file that outlives it.</summary>
public sealed class CarrierSide : IAsyncDisposable
{
    public const string Secret = "a-secret-of-these-tests-alone";

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"carrier-{Guid.NewGuid():N}.db");
    private ApiProcess _process = null!;

    private CarrierSide() { }

    public HttpClient Http => _process.Http;

    public Uri Address => _process.Http.BaseAddress!;

    public static async Task<CarrierSide> Start()
    {
        var carrier = new CarrierSide();
        await carrier.Launch(ApiProcess.AnyPort);
        return carrier;
    }

    /// <summary>SIGKILL, and started again on the same file and port.</summary>
    public async Task KillAndRestart()
    {
        var address = Address;
        await _process.DisposeAsync();
        await Launch($"--urls={address.GetLeftPart(UriPartial.Authority)}");
    }

    public Task Fault(string operation, string kind, int times = 1, int milliseconds = 0) =>
        Admin(
            "faults",
            new
            {
                operation,
                kind,
                times,
                milliseconds,
            }
        );

    public async Task NoFaults() => (await Http.DeleteAsync("admin/faults")).EnsureSuccessStatusCode();

    public Task Credit(string carrier, long amount) => Admin("credits", new { carrier, amount });

    public Task Code(string code, string kind, long amount) =>
        Admin(
            "codes",
            new[]
            {
                new
                {
                    code,
                    kind,
                    amount,
                },
            }
        );

    /// <summary>Puts a line into a statement, or takes the one with this id alone out.</summary>
    public Task Line(DateOnly day, string carrier, string line) =>
        Admin(
            "lines",
            new
            {
                day = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                carrier,
                line,
            }
        );

    /// <summary>How often a phone was credited, and how much it has.</summary>
    public async Task<(long Count, long Amount)> Credited(string phone)
    {
        var seen = (await Http.GetFromJsonAsync<JsonObject>($"admin/phones/{phone}"))!;
        return (seen["count"]!.GetValue<long>(), seen["amount"]!.GetValue<long>());
    }

    public async Task<string> Redemption(string serialNumber)
    {
        using var response = await Http.GetAsync($"redemptions/{SerialNumber.Parse(serialNumber)}");
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["state"]!.GetValue<string>();
    }

    /// <summary>Delivers the call-backs that wait, as often as they were queued; the statuses.</summary>
    public async Task<List<HttpStatusCode>> Deliver(
        HttpClient api,
        Func<string, string>? change = null,
        Func<string, string>? sign = null,
        bool once = false
    )
    {
        ArgumentNullException.ThrowIfNull(api);
        var statuses = new List<HttpStatusCode>();
        foreach (var waiting in (await Http.GetFromJsonAsync<JsonArray>("admin/call-backs"))!)
        {
            var body = waiting!["body"]!.GetValue<string>();
            var signature = waiting["signature"]!.GetValue<string>();
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/top-up-call-backs");
            request.Content = new StringContent(change?.Invoke(body) ?? body, Encoding.UTF8, "application/json");
            request.Headers.Add("webhook-id", waiting["id"]!.GetValue<string>());
            request.Headers.Add("webhook-timestamp", waiting["stamp"]!.GetValue<string>());
            request.Headers.Add("webhook-signature", sign?.Invoke(signature) ?? signature);
            using var response = await api.SendAsync(request);
            statuses.Add(response.StatusCode);
            if (once && response.IsSuccessStatusCode)
            {
                (await Http.DeleteAsync($"admin/call-backs/{waiting["place"]}")).EnsureSuccessStatusCode();
            }
        }

        return statuses;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        File.Delete(_file);
    }

    private async Task Launch(string urls)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Carrier:Database"] = _file,
            ["Carrier:CallBackSecret"] = Secret,
            ["ASPNETCORE_URLS"] = urls["--urls=".Length..],
        };
        _process = await ApiProcess.Start(settings, Path.Combine(AppContext.BaseDirectory, "Carrier.dll"));
    }

    private async Task Admin(string path, object body)
    {
        using var response = await Http.PostAsJsonAsync($"admin/{path}", body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
