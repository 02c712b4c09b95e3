using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TestRuns;

namespace Api.Tests.Guide;

/// <summary>What a call was answered with.</summary>
internal sealed record HttpAnswered(int Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public JsonNode? Body => Text.Length > 0 && Text[0] is '{' or '[' ? JsonNode.Parse(Text) : null;
}

/// <summary>Runs calls one after another as an editor does: later ones use the answers of named earlier ones.</summary>
internal sealed partial class HttpRun(Dictionary<string, string> settings) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = Patience.Longest };
    private readonly Dictionary<string, HttpAnswered> _answers = [];

    public static HttpRun Against(Uri api, Uri agent, Dictionary<string, string>? more = null) =>
        new(
            new Dictionary<string, string>(more ?? [])
            {
                ["host"] = api.ToString().TrimEnd('/'),
                ["agent"] = agent.ToString().TrimEnd('/'),
                ["origin"] = AgentProcess.Origin,
                ["reader"] = Uri.EscapeDataString(AgentProcess.Reader),
            }
        );

    public Task<HttpAnswered> Send(HttpCall call) =>
        call.Until is var (member, value)
            ? Eventually.Holds(() => SendOnce(call), answered => answered.Body?[member]?.ToString() == value)
            : SendOnce(call);

    private async Task<HttpAnswered> SendOnce(HttpCall call)
    {
        using var request = new HttpRequestMessage(new HttpMethod(call.Method), Fill(call.Address));
        if (call.Body.Length > 0)
        {
            request.Content = new StringContent(
                Fill(call.Body),
                Encoding.UTF8,
                call.Headers.GetValueOrDefault("Content-Type") ?? "application/json"
            );
        }

        foreach (var (name, value) in call.Headers.Where(h => h.Key != "Content-Type"))
        {
            request.Headers.TryAddWithoutValidation(name, Fill(value));
        }

        using var response = await _http.SendAsync(request);
        var answered = new HttpAnswered(
            (int)response.StatusCode,
            response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(',', h.Value)),
            await response.Content.ReadAsStringAsync()
        );
        if (call.Name is { } name1)
        {
            _answers[name1] = answered;
        }

        return answered;
    }

    /// <summary>How an answer differs from the one shown; null when it does not.</summary>
    public string? Differs(ShownAnswer shown, HttpAnswered real)
    {
        if (real.Status != shown.Status)
        {
            return $"{real.Status} instead of {shown.Status}: {real.Text}";
        }

        foreach (var (name, value) in shown.Headers)
        {
            if (!Fits(Fill(value), real.Headers.GetValueOrDefault(name) ?? "(missing)"))
            {
                return $"the header {name} is {real.Headers.GetValueOrDefault(name) ?? "missing"}";
            }
        }

        return shown.Body.Length == 0 ? null : Differs("$", JsonNode.Parse(Fill(shown.Body)), real.Body);
    }

    public void Dispose() => _http.Dispose();

    private static string? Differs(string place, JsonNode? shown, JsonNode? real)
    {
        switch (shown)
        {
            case JsonObject members:
                return real is not JsonObject found
                    ? $"{place} is {real?.ToJsonString() ?? "missing"}"
                    : members.Select(m => Differs($"{place}.{m.Key}", m.Value, found[m.Key])).FirstOrDefault(d => d is not null);
            case JsonArray items:
                // A last "…" stands for more of them.
                var open = items.Count > 0 && items[^1] is JsonValue last && last.ToString() == "…";
                var shownItems = open ? items.SkipLast(1).ToList() : [.. items];
                return real is not JsonArray list || (open ? list.Count < shownItems.Count : list.Count != shownItems.Count)
                    ? $"{place} is {real?.ToJsonString() ?? "missing"}"
                    : shownItems.Select((item, i) => Differs($"{place}[{i}]", item, list[i])).FirstOrDefault(d => d is not null);
            default:
                return real is JsonValue value && IsOfKind(shown, value) && Fits($"{shown}", value.ToString())
                    ? null
                    : $"{place} is {real?.ToJsonString() ?? "missing"} and not {shown?.ToJsonString()}";
        }
    }

    /// <summary><c>…</c> stands for any text that is not empty.</summary>
    private static bool Fits(string shown, string real) =>
        Regex.IsMatch(real, $"^{string.Join(".+", shown.Split('…').Select(Regex.Escape))}$", RegexOptions.Singleline, Patience.Longest);

    /// <summary>A text with <c>…</c> stands for a value of any kind.</summary>
    private static bool IsOfKind(JsonNode? shown, JsonValue real) =>
        shown?.ToString().Contains('…', StringComparison.Ordinal) != false || shown.GetValueKind() == real.GetValueKind();

    private string Fill(string text) => Place().Replace(text, m => Value(m.Groups["what"].Value.Trim()));

    private string Value(string what)
    {
        switch (what.Split(' '))
        {
            case ["$guid"]:
                return Guid.NewGuid().ToString("D");
            case ["$randomInt"]:
                return $"{Random.Shared.Next(1_000)}";
            case ["$randomInt", var from, var to]:
                return $"{Random.Shared.Next(int.Parse(from, CultureInfo.InvariantCulture), int.Parse(to, CultureInfo.InvariantCulture))}";
            default:
                break;
        }

        if (settings.TryGetValue(what, out var set))
        {
            return set;
        }

        var named = Named().Match(what);
        if (!named.Success || !_answers.TryGetValue(named.Groups["name"].Value, out var answered))
        {
            throw new InvalidOperationException($"No value for {what}.");
        }

        var path = named.Groups["path"].Value;
        return named.Groups["part"].Value == "headers"
            ? answered.Headers.GetValueOrDefault(path) ?? throw new InvalidOperationException($"No value for {what}.")
            : Member(answered.Body, path) ?? throw new InvalidOperationException($"No value for {what}.");
    }

    private static string? Member(JsonNode? body, string path)
    {
        var node = body;
        foreach (var step in path.Split('.'))
        {
            node = Step().Match(step) is { Success: true } indexed
                ? node?[indexed.Groups["name"].Value]?[int.Parse(indexed.Groups["index"].Value, CultureInfo.InvariantCulture)]
                : node?[step];
        }

        return node?.ToString();
    }

    [GeneratedRegex(@"\{\{(?<what>[^}]+)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Place();

    [GeneratedRegex(
        @"^(?<name>\w+)\.response\.(?<part>body|headers)\.(\$\.)?(?<path>.+)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Named();

    [GeneratedRegex(@"^(?<name>\w+)\[(?<index>\d+)\]$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Step();
}
