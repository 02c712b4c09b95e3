using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Demo;

/// <summary>A request as a front end makes it.</summary>
/// <param name="Token">The access token.</param>
/// <param name="Key">The idempotency key.</param>
/// <param name="Approval">The token of an approval.</param>
/// <param name="IfMatch">The version that an edit is of.</param>
internal sealed record Ask(
    HttpMethod Method,
    string Path,
    JsonObject? Body = null,
    string? Token = null,
    string? Key = null,
    string? Approval = null,
    string? IfMatch = null,
    string Accept = "application/json"
)
{
    public static string NewKey() => Guid.NewGuid().ToString("N");
}

/// <summary>What came back.</summary>
internal sealed record Reply(Ask Ask, int Status, string Content, JsonNode? Body, bool Replayed)
{
    /// <summary>Where the time went, as the service says: part and milliseconds.</summary>
    public IReadOnlyDictionary<string, double> Times { get; init; } = new Dictionary<string, double>();

    public string Code => Body?["code"]?.ToString() ?? "";

    /// <summary>This reply, when it has that status and that code; else the demo is over.</summary>
    public Reply Expect(int status, string? code = null)
    {
        if (Status == status && (code is null || code == Code))
        {
            return this;
        }

        throw new DemoFailedException(
            $"{Ask.Method} {Ask.Path} {Ask.Body?.ToJsonString()}{Environment.NewLine}"
                + $"  answered {Status} {Content}{Environment.NewLine}"
                + $"  and not {status} {code}"
        );
    }

    public string Text(string member) => Member(member).ToString();

    public long Number(string member) => Member(member).GetValue<long>();

    public JsonNode Member(string path)
    {
        var node = Body;
        foreach (var name in path.Split('.'))
        {
            node = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? node?[index] : node?[name];
        }

        return node ?? throw new DemoFailedException($"{Ask.Method} {Ask.Path} answered {Content}, in which {path} is missing.");
    }
}

/// <summary>Talks HTTP with one service, and with nothing else.</summary>
internal sealed class FrontEnd(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };

    private string? _session;

    public Uri Address => address;

    /// <summary>The origin of the page that this front end would be; the agent asks for it.</summary>
    public string? Origin { get; init; }

    /// <summary>What a page does before it uses the agent.</summary>
    public async Task OpenSession(CancellationToken ct) =>
        _session = (await Send(new Ask(HttpMethod.Post, "v1/sessions"), ct)).Expect(201).Text("token");

    public async Task<Reply> Send(Ask ask, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(ask.Method, new Uri(ask.Path, UriKind.Relative));
        if (ask.Body is not null)
        {
            request.Content = new StringContent(ask.Body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        request.Headers.Accept.ParseAdd(ask.Accept);
        request.Headers.AcceptLanguage.ParseAdd("en");
        var token = ask.Token ?? _session;
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        Add(request, "Origin", Origin);
        Add(request, "Idempotency-Key", ask.Key);
        Add(request, "Approval-Token", ask.Approval);
        Add(request, "If-Match", ask.IfMatch);
        try
        {
            using var response = await _http.SendAsync(request, ct);
            var content = await response.Content.ReadAsStringAsync(ct);
            return new Reply(
                ask,
                (int)response.StatusCode,
                content,
                Json(response, content),
                response.Headers.Contains("Idempotency-Replayed")
            )
            {
                Times = Times(response),
            };
        }
        catch (HttpRequestException e)
        {
            throw new DemoFailedException($"{ask.Method} {ask.Path} was not answered: {e.Message}");
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new DemoFailedException($"{ask.Method} {ask.Path} was not answered within {_http.Timeout.TotalSeconds} s.");
        }
    }

    public void Dispose() => _http.Dispose();

    private static Dictionary<string, double> Times(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Server-Timing", out var parts)
            ? string.Join(',', parts)
                .Split(',', StringSplitOptions.TrimEntries)
                .ToDictionary(
                    p => p[..p.IndexOf(';')],
                    p => double.Parse(p[(p.IndexOf("dur=", StringComparison.Ordinal) + 4)..], CultureInfo.InvariantCulture)
                )
            : [];

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.Add(name, value);
        }
    }

    private static JsonNode? Json(HttpResponseMessage response, string content)
    {
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        return type.EndsWith("json", StringComparison.Ordinal) && content.Length > 0 ? JsonNode.Parse(content) : null;
    }
}
