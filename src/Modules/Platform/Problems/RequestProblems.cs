using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Platform.Persistence.Dialects;
using Platform.Requests;

namespace Platform.Problems;

public sealed record MalformedJson() : Refusal("malformed-json", 400, "The body is not valid JSON.", "请求体不是有效的 JSON。");

public sealed record UnknownField() : Refusal("unknown-field", 400, "The body has a field that does not exist.", "请求体包含未知字段。");

public sealed record MissingField() : Refusal("missing-field", 400, "The body lacks a required field.", "请求体缺少必填字段。");

public sealed record WrongType()
    : Refusal("wrong-type", 400, "A field has the wrong type or is out of its range.", "字段类型错误或超出范围。");

public sealed record BodyRequired() : Refusal("body-required", 400, "Send a JSON body.", "缺少 JSON 请求体。");

public sealed record BodyTooLarge() : Refusal("body-too-large", 413, "The body is too large for this operation.", "请求体过大。");

public sealed record UnsupportedMediaType()
    : Refusal("unsupported-media-type", 415, "Send application/json in UTF-8.", "请使用 UTF-8 编码的 application/json。");

public sealed record InvalidParameter()
    : Refusal("invalid-parameter", 400, "A path, query or header parameter is not valid.", "路径、查询或请求头参数无效。");

public sealed record NoSuchResource() : Refusal("not-found", 404, "No resource exists at this address.", "地址不存在。");

public sealed record MethodNotAllowed()
    : Refusal("method-not-allowed", 405, "This address does not support this method.", "该地址不支持此方法。");

public sealed record NotAcceptable()
    : Refusal("not-acceptable", 406, "None of the requested formats is available.", "无法提供所要求的格式。");

public sealed record NotSignedIn()
    : Refusal(
        "not-signed-in",
        401,
        "Sign in first: the access token is missing, unknown or expired.",
        "请先登录：访问令牌缺失、无效或已过期。"
    );

public sealed record RightMissing(string Right) : Refusal("right-missing", 403, "You do not have the right for this.", "无此操作权限。");

public sealed record PeopleOnly()
    : Refusal("people-only", 403, "Only a signed-in operator can do this, and no application.", "仅限已登录的操作员办理，应用不能办理。");

public sealed record ClientGone() : Refusal("client-gone", 499, "The client went away.", "客户端已断开。");

public sealed record InternalError()
    : Refusal(
        "internal-error",
        500,
        "An internal error occurred. Give the trace id to the administrator.",
        "系统内部错误，请凭跟踪号联系技术人员。"
    )
{
    public override bool MaybeBooked => true;
}

/// <summary>Reads what went wrong with a request from the framework's exceptions.</summary>
internal static partial class RequestProblems
{
    private const int MostFields = 100;

    public static ProblemResult Of(Exception exception, Dialect dialect) =>
        exception switch
        {
            BadHttpRequestException { StatusCode: 413 } => Problem.Of(new BodyTooLarge()),
            BadHttpRequestException { StatusCode: 415 } => Problem.Of(new UnsupportedMediaType()),
            BadHttpRequestException { InnerException: JsonException json } => OfJson(json),
            // A character set that UTF-8 was declared to be and the bytes are not.
            BadHttpRequestException { InnerException: DecoderFallbackException } => Problem.Of(new MalformedJson()),
            BadHttpRequestException e when e.Message.Contains("no body was provided", StringComparison.OrdinalIgnoreCase) => Problem.Of(
                new BodyRequired()
            ),
            ParameterNotPlainException => Problem.Invalid(new InvalidParameter(), "", PlainText.Rule, PlainText.Message),
            BadHttpRequestException e => Problem.Invalid(new InvalidParameter(), "", "binding", e.Message),
            JsonException json => OfJson(json),
            OperationCanceledException => Problem.Of(new ClientGone()),
            _ => Problem.Of(OfDatabase(exception, dialect) ?? new InternalError()),
        };

    /// <summary>What a caller hears of a failure of the database that passes; null where it is another failure.</summary>
    public static Refusal? OfDatabase(Exception exception, Dialect dialect) =>
        dialect.FailureOf(exception) switch
        {
            DatabaseFailure.Conflict or DatabaseFailure.LockTimeout => new DatabaseBusy(),
            DatabaseFailure.Unavailable => new DatabaseUnavailable { WasSent = SentWrites.Marked(exception) },
            _ => null,
        };

    /// <summary>The refusal of a status that the framework answered without a word.</summary>
    public static Refusal Of(int status) =>
        status switch
        {
            400 => new InvalidParameter(),
            401 => new NotSignedIn(),
            404 => new NoSuchResource(),
            405 => new MethodNotAllowed(),
            406 => new NotAcceptable(),
            413 => new BodyTooLarge(),
            415 => new UnsupportedMediaType(),
            _ => new InternalError(),
        };

    private static ProblemResult OfJson(JsonException json)
    {
        var path = json.Path is { Length: > 2 } p ? p[2..] : "";
        if (json is TextNotPlainException)
        {
            return Problem.Invalid(new ValidationFailed(), path, PlainText.Rule, PlainText.Message);
        }

        Refusal refusal = json.Message switch
        {
            var m when m.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) => new UnknownField(),
            var m when m.Contains("Duplicate property", StringComparison.Ordinal) => new MalformedJson(),
            var m when m.Contains("missing required properties", StringComparison.Ordinal) => new MissingField(),
            var m when m.Contains("could not be converted", StringComparison.Ordinal) => new WrongType(),
            var m
                when m.Contains("doesn't allow null", StringComparison.Ordinal)
                    || m.Contains("does not allow null", StringComparison.Ordinal) => new MissingField(),
            _ => new MalformedJson(),
        };
        return refusal is MissingField && Missing().Matches(json.Message) is { Count: > 0 } names
            ? Problem.Invalid(refusal, [.. names.Take(MostFields).Select(n => Lacks(path, n.Groups["name"].Value))])
            : Problem.Invalid(refusal, path, refusal.Code, Place(json));
    }

    private static FieldProblem Lacks(string part, string name) =>
        new(
            part.Length == 0 ? name : $"{part}.{name}",
            "missing-field",
            Language.IsChinese ? $"缺少必填字段“{name}”。" : $"The field '{name}' is required."
        );

    private static string Place(JsonException json)
    {
        var (line, at) = ((json.LineNumber ?? 0) + 1, json.BytePositionInLine ?? 0);
        return Language.IsChinese
            ? string.Create(CultureInfo.InvariantCulture, $"第 {line} 行，第 {at} 字节")
            : string.Create(CultureInfo.InvariantCulture, $"line {line}, byte {at}");
    }

    /// <summary>The reader names what is missing in its sentence alone: <c>… including: 'login', 'name'.</c></summary>
    [GeneratedRegex("(?<=including: .*)'(?<name>[^']+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Missing();
}
