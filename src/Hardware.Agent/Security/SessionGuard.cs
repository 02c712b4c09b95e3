using Hardware.Agent.Problems;
using Microsoft.Net.Http.Headers;

namespace Hardware.Agent.Security;

/// <summary>An address that answers without a session.</summary>
internal sealed class NoSessionNeeded
{
    internal static readonly NoSessionNeeded Mark = new();
}

/// <summary>
/// Lets nobody but the opener of a session use readers and cards. A page's origin is the browser's word and comes with every request; the token
/// says besides that the page has asked before, and ends with its hours.
/// </summary>
internal sealed class SessionGuard(RequestDelegate next, BrowserSessions sessions)
{
    private const string Scheme = "Bearer ";
    private const int LongestToken = 100;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<NoSessionNeeded>() is not null)
        {
            return next(context);
        }

        if (HasSession(context.Request, sessions))
        {
            return ConnectionGate.Keep(context, next);
        }

        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return Refusals.SessionRequired.ExecuteAsync(context);
    }

    internal static bool HasSession(HttpRequest request, BrowserSessions sessions) =>
        Token(request) is { } token && sessions.IsGood(token, request.Headers.Origin.ToString());

    /// <summary>The token as it was sent, or null.</summary>
    internal static string? Token(HttpRequest request) =>
        request.Headers.Authorization is [{ } header]
        && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && header.Length - Scheme.Length is > 0 and <= LongestToken
            ? header[Scheme.Length..]
            : null;
}
