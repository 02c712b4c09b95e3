using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Api.Tests.Harness;

/// <summary>The stand-in power company as a process of its own, with a database file that outlives it.</summary>
public sealed class PowerSide : IAsyncDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"power-{Guid.NewGuid():N}.db");
    private readonly int _validSeconds;
    private ApiProcess _process = null!;
    private int _bills;

    private PowerSide(int validSeconds) => _validSeconds = validSeconds;

    public HttpClient Http => _process.Http;

    public Uri Address => _process.Http.BaseAddress!;

    public static async Task<PowerSide> Start(int validSeconds = 600)
    {
        var power = new PowerSide(validSeconds);
        await power.Launch(ApiProcess.AnyPort);
        return power;
    }

    /// <summary>SIGKILL, and started again on the same file and port.</summary>
    public async Task KillAndRestart()
    {
        var address = Address;
        await _process.DisposeAsync();
        await Launch($"--urls={address.GetLeftPart(UriPartial.Authority)}");
    }

    public Task Unit(string code, bool parts = false, bool keepsBalance = false) =>
        Admin(
            "units",
            new[]
            {
                new
                {
                    code,
                    name = "示范市供电公司",
                    partsAllowed = parts,
                    keepsBalance,
                },
            }
        );

    public Task Customer(string number, string unit, string kind = "household") =>
        Admin(
            "customers",
            new[]
            {
                new
                {
                    number,
                    name = "张敏",
                    address = "示范市城东区建设路 1 号",
                    kind,
                    unit,
                },
            }
        );

    /// <summary>Sends a bill out that is not overdue; its id.</summary>
    public async Task<string> Bill(string customer, long fen, DateOnly? due = null)
    {
        var id = $"YS{Interlocked.Increment(ref _bills):D8}";
        await Admin(
            "receivables",
            new[]
            {
                new
                {
                    id,
                    customer,
                    month = string.Create(CultureInfo.InvariantCulture, $"{201001 + _bills % 12}"),
                    sequence = _bills,
                    principal = fen,
                    due = due ?? new DateOnly(2099, 12, 31),
                },
            }
        );
        return id;
    }

    public Task Deposit(string unit, string number, long amount) =>
        Admin(
            "deposits",
            new[]
            {
                new
                {
                    unit,
                    number,
                    amount,
                },
            }
        );

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

    public async Task Today(DateOnly date) => (await Http.PutAsJsonAsync("admin/today", new { date })).EnsureSuccessStatusCode();

    public Task Line(JsonObject line) => Admin("lines", new JsonArray(line));

    /// <summary>Puts a complete file on the shelf.</summary>
    public async Task Put(string name, byte[] content)
    {
        (await Http.PutAsync($"files/{name}", new ByteArrayContent(content))).EnsureSuccessStatusCode();
        (await Http.PutAsync($"files/{Path.ChangeExtension(name, ".ok")}", new ByteArrayContent([]))).EnsureSuccessStatusCode();
    }

    public async Task<string> State(string paymentId) =>
        JsonNode.Parse(await (await Http.GetAsync($"payments/{paymentId}")).Content.ReadAsStringAsync())!["state"]!.GetValue<string>();

    /// <summary>Count and amount done, and reversed, of a unit.</summary>
    public async Task<(long Count, long Amount, long ReversedCount)> Totals(DateOnly date, string unit)
    {
        var all = (await Http.GetFromJsonAsync<JsonArray>($"totals/{date:yyyy-MM-dd}"))!;
        var one = all.SingleOrDefault(t => t!["unit"]!.GetValue<string>() == unit);
        return one is null
            ? (0, 0, 0)
            : (one["count"]!.GetValue<long>(), one["amount"]!.GetValue<long>(), one["reversedCount"]!.GetValue<long>());
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
            ["Power:Database"] = _file,
            ["Power:ValidSeconds"] = _validSeconds.ToString(CultureInfo.InvariantCulture),
            ["ASPNETCORE_URLS"] = urls["--urls=".Length..],
        };
        _process = await ApiProcess.Start(settings, Path.Combine(AppContext.BaseDirectory, "PowerCompany.dll"));
    }

    private async Task Admin(string path, object body)
    {
        using var response = await Http.PostAsJsonAsync($"admin/{path}", body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
