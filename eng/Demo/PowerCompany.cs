using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Demo;

/// <summary>The stand-in power company, as whoever runs it sees it: companies, customers, bills, and faults on demand.</summary>
internal sealed class PowerCompany(Uri address, CancellationToken ct) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };

    /// <summary>Opens a supply company with one household that owes two bills.</summary>
    public async Task Open(string unit, string customer, DateOnly today)
    {
        await Post("units", new JsonArray(new JsonObject { ["code"] = unit, ["name"] = "示范市供电公司" }));
        await Post(
            "customers",
            new JsonArray(
                new JsonObject
                {
                    ["number"] = customer,
                    ["name"] = "王小明",
                    ["address"] = "示范市城东区建设路 1 号",
                    ["kind"] = "household",
                    ["unit"] = unit,
                }
            )
        );
        await Post("receivables", new JsonArray(Bill(customer, today.AddMonths(-2), 12_835), Bill(customer, today.AddMonths(-1), 9_640)));
        using var set = await _http.PutAsJsonAsync(new Uri("admin/today", UriKind.Relative), new { date = today }, ct);
        set.EnsureSuccessStatusCode();
    }

    /// <summary>The next payment is booked here and its answer lost; questions about it are not answered either.</summary>
    public async Task LoseAnswers()
    {
        await Post("faults", Fault("payment", "after", 5));
        await Post("faults", Fault("ask", "before", 1_000));
    }

    public async Task Recover()
    {
        using var cleared = await _http.DeleteAsync(new Uri("admin/faults", UriKind.Relative), ct);
        cleared.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A bill of a month, due on the 20th of the next.</summary>
    private static JsonObject Bill(string customer, DateOnly month, long principal)
    {
        var due = month.AddMonths(1);
        return new JsonObject
        {
            ["id"] = $"YS{month:yyyyMM}00000123",
            ["customer"] = customer,
            ["month"] = $"{month:yyyyMM}",
            ["sequence"] = 1,
            ["principal"] = principal,
            ["due"] = $"{new DateOnly(due.Year, due.Month, 20):yyyy-MM-dd}",
        };
    }

    private static JsonObject Fault(string operation, string kind, int times) =>
        new()
        {
            ["operation"] = operation,
            ["kind"] = kind,
            ["times"] = times,
        };

    private async Task Post(string path, JsonNode body)
    {
        using var response = await _http.PostAsJsonAsync(new Uri($"admin/{path}", UriKind.Relative), body, ct);
        if (!response.IsSuccessStatusCode)
        {
            throw new DemoFailedException($"The power company answered {response.StatusCode} to admin/{path}.");
        }
    }
}
