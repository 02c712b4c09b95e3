using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using FluentValidation.Results;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Platform.Requests;

namespace Platform.Problems;

/// <summary>A validation error: the field, the rule's stable name, and a sentence.</summary>
/// <param name="Field">The field in the request: <c>lines[0].cardNumber</c>.</param>
/// <param name="Rule">The rule's stable name.</param>
/// <param name="Message">A sentence that describes the error.</param>
public sealed record FieldProblem(string Field, string Rule, string Message);

/// <summary>The body of every error (RFC 9457). Refusals add their own members.</summary>
/// <param name="Type">A stable URI of the code.</param>
/// <param name="Title">A sentence for the operator, in the language of Accept-Language (zh-CN or en).</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A stable code for programs.</param>
/// <param name="TraceId">The id that finds the request in logs and traces.</param>
/// <param name="Retryable">Whether a retry of the same request may succeed.</param>
/// <param name="Outcome">For requests that book: none (nothing was booked) or unknown (send the same request with the same key).</param>
/// <param name="Errors">The invalid fields, at most 100.</param>
public sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    string Code,
    string TraceId,
    bool Retryable,
    string? Outcome,
    IReadOnlyList<FieldProblem>? Errors
);

/// <summary>The one place where refusals and failures become problems.</summary>
public static class Problem
{
    public static ProblemResult Of(Refusal refusal) => new(refusal, refusal is ValidationFailed failed ? failed.Fields : []);

    public static ProblemResult Invalid(Refusal refusal, string field, string rule, string message) =>
        new(refusal, [new FieldProblem(field, rule, message)]);

    public static ProblemResult Invalid(Refusal refusal, IReadOnlyList<FieldProblem> fields) => new(refusal, fields);

    /// <summary><c>Body.Lines[0].CardNumber</c> as the caller wrote it: <c>lines[0].cardNumber</c>.</summary>
    internal static string FieldName(string property)
    {
        var name = property.StartsWith("Body.", StringComparison.Ordinal) ? property["Body.".Length..] : property;
        return string.Join('.', name.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
    }

    internal static string RuleName(string errorCode) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(errorCode.Replace("Validator", "", StringComparison.Ordinal));
}

public sealed record ValidationFailed() : Refusal("validation-failed", 400, "Some fields are not valid.", "部分字段无效。")
{
    private const int MostFields = 100;

    internal IReadOnlyList<FieldProblem> Fields { get; private init; } = [];

    /// <summary>What a validator found, by the fields as the caller wrote them.</summary>
    internal static ValidationFailed By(IEnumerable<ValidationFailure> failures) =>
        new()
        {
            Fields =
            [
                .. failures
                    .Take(MostFields)
                    .Select(f => new FieldProblem(Problem.FieldName(f.PropertyName), Problem.RuleName(f.ErrorCode), f.ErrorMessage)),
            ],
        };
}

/// <summary>An <c>application/problem+json</c> answer in the language of the request.</summary>
public sealed class ProblemResult(Refusal refusal, IReadOnlyList<FieldProblem> errors) : IResult, IStatusCodeHttpResult
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> s_extras = new();

    public Refusal Refusal => refusal;

    public int? StatusCode => refusal.Status;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Features.Set(new AnsweredProblem(refusal.Code));
        var response = httpContext.Response;
        response.StatusCode = refusal.Status;
        response.ContentType = "application/problem+json; charset=utf-8";
        if (refusal.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var body = new Dictionary<string, object?>
        {
            ["type"] = $"/problems/{refusal.Code}",
            ["title"] = Language.IsChinese ? refusal.Zh : refusal.En,
            ["status"] = refusal.Status,
            ["code"] = refusal.Code,
            ["traceId"] = Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier,
            ["retryable"] = refusal.Retryable,
        };
        if (!HttpMethods.IsGet(httpContext.Request.Method) && !HttpMethods.IsHead(httpContext.Request.Method))
        {
            body["outcome"] = refusal.MaybeBooked ? "unknown" : "none";
        }

        foreach (var extra in MembersOf(refusal.GetType()))
        {
            body[JsonNamingPolicy.CamelCase.ConvertName(extra.Name)] = extra.GetValue(refusal);
        }

        if (errors.Count > 0)
        {
            body["errors"] = errors;
        }

        await JsonSerializer.SerializeAsync(response.Body, body, Json.Options, httpContext.RequestAborted);
    }

    /// <summary>What a refusal's problem carries beside the code.</summary>
    internal static PropertyInfo[] MembersOf(Type refusal) => s_extras.GetOrAdd(refusal, ReadMembers);

    private static PropertyInfo[] ReadMembers(Type type) =>
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(p => p.Name is not (nameof(Refusal.Retryable) or nameof(Refusal.RetryAfterSeconds) or nameof(Refusal.MaybeBooked))),
        ];
}

/// <summary>The language of the request (PL-06.2): zh-CN unless Accept-Language prefers English.</summary>
public static class Language
{
    public static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    public static CultureInfo Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        foreach (var language in request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1))
        {
            if (language.Value.StartsWith("zh", StringComparison.OrdinalIgnoreCase))
            {
                return Chinese;
            }

            if (language.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase))
            {
                return English;
            }
        }

        return Chinese;
    }
}
