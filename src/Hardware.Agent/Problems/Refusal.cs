using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.Net.Http.Headers;

namespace Hardware.Agent.Problems;

/// <summary>An expected refusal: a value with a stable code and its sentence in both languages. Answers as problem+json.</summary>
internal sealed record Refusal(int Status, string Code, string English, string Chinese, bool Retryable = false) : IResult
{
    internal string? Outcome { get; init; }

    internal string? ApiCode { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var chinese = PrefersChinese(httpContext.Request);
        var problem = new AgentProblem(
            $"urn:hardware-agent:{Code}",
            Code.Replace('-', ' '),
            Status,
            chinese ? Chinese : English,
            Code,
            Activity.Current?.Id ?? httpContext.TraceIdentifier,
            Retryable,
            Outcome,
            ApiCode
        );
        httpContext.Response.StatusCode = Status;
        httpContext.Response.Headers.ContentLanguage = chinese ? "zh-CN" : "en";
        return httpContext.Response.WriteAsJsonAsync(problem, JsonOptions, "application/problem+json", httpContext.RequestAborted);
    }

    private static readonly System.Text.Json.JsonSerializerOptions JsonOptions = new(System.Text.Json.JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Chinese as it is: the answer is application/problem+json in UTF-8 and never part of a page.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>English unless a Chinese language range stands before every English one.</summary>
    private static bool PrefersChinese(HttpRequest request) =>
        request
            .GetTypedHeaders()
            .AcceptLanguage.Where(l => l.Quality is not 0)
            .OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.Value ?? "")
            .FirstOrDefault(l => IsLanguage(l, "zh") || IsLanguage(l, "en"))
            is { } first
        && IsLanguage(first, "zh");

    private static bool IsLanguage(string range, string language) =>
        range.Equals(language, StringComparison.OrdinalIgnoreCase) || range.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase);
}
