using System.Globalization;
using Microsoft.AspNetCore.Http;
using Platform.Problems;

namespace Platform.Requests;

/// <summary>A response that shows a versioned row: its version goes into the header ETag.</summary>
public interface IVersionedResponse
{
    /// <summary>The row's version; after an edit, the new one.</summary>
    int Version { get; }
}

/// <summary>Edits name the version they were decided on by If-Match, so that nobody overwrites what he has not seen.</summary>
public static class EntityTag
{
    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The refusal of an edit whose If-Match is missing or names another version; null when it may go on. <c>*</c> is any version.</summary>
    public static Refusal? Check(string? ifMatch, int version) =>
        string.IsNullOrWhiteSpace(ifMatch) ? new PreconditionRequired()
        : ifMatch == "*" || ifMatch.Split(',', StringSplitOptions.TrimEntries).Contains(Of(version)) ? null
        : new PreconditionFailed(version);
}

public sealed record PreconditionRequired()
    : Refusal(
        "precondition-required",
        428,
        "Send the header If-Match with the ETag you read.",
        "请在请求头 If-Match 中给出所读取的 ETag。"
    );

/// <param name="Version">The version that the row has now.</param>
public sealed record PreconditionFailed(int Version)
    : Refusal("precondition-failed", 412, "The resource has changed since you read it. Read it again.", "数据已被修改，请重新读取。");

public sealed record TooManyRequests(int WaitSeconds)
    : Refusal("too-many-requests", 429, "Too many requests; wait a little.", "请求过于频繁，请稍候。")
{
    public override bool Retryable => true;

    public override int? RetryAfterSeconds => WaitSeconds;
}

/// <summary>A JSON answer with the version of what it shows.</summary>
internal sealed class TaggedResult(IResult inner, int version) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.ETag = EntityTag.Of(version);
        return inner.ExecuteAsync(httpContext);
    }
}
