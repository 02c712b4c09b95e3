using System.Net;
using Hardware.Agent.Problems;
using Microsoft.Extensions.Primitives;

namespace Hardware.Agent.Security;

/// <summary>
/// Keeps foreign pages and names away from the card reader. A browser on this machine reaches the agent from any page, so: the host
/// must be a loopback name (else a page's own domain, rebound to 127.0.0.1, would count as the same origin), the origin must be an
/// allowed one, and the preflights of CORS and of private network access are answered for those alone.
/// </summary>
internal sealed class BrowserGuard(RequestDelegate next, AgentSettings settings)
{
    private readonly HashSet<string> _origins = new(settings.AllowedOrigins, StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        if (!IsLoopbackName(context.Request.Host) || context.Connection.RemoteIpAddress is { } remote && !IPAddress.IsLoopback(remote))
        {
            return Refusals.HostNotAllowed.ExecuteAsync(context);
        }

        var origin = context.Request.Headers.Origin;
        context.Response.Headers.Vary = "Origin";
        if (StringValues.IsNullOrEmpty(origin))
        {
            // A browser leaves the origin out of simple requests only (an image, a link), and of those every page can make some. So nothing
            // but health and the description is answered without one; there a browser still says that it comes from elsewhere.
            return !NeedsNoOrigin(context) ? Refusals.OriginMissing.ExecuteAsync(context)
                : context.Request.Headers["Sec-Fetch-Site"] is [not null and not ("none" or "same-origin")]
                    ? Refusals.OriginNotAllowed.ExecuteAsync(context)
                : next(context);
        }

        if (origin.Count != 1 || !_origins.Contains(origin[0] ?? ""))
        {
            return Refusals.OriginNotAllowed.ExecuteAsync(context);
        }

        context.Response.Headers.AccessControlAllowOrigin = origin;
        return HttpMethods.IsOptions(context.Request.Method) ? Preflight(context) : next(context);
    }

    private static Task Preflight(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = "GET, POST, PUT, DELETE";
        headers.AccessControlAllowHeaders = "Authorization, Content-Type, Accept-Language, Last-Event-ID, traceparent";
        headers.AccessControlMaxAge = "600";
        if (context.Request.Headers["Access-Control-Request-Private-Network"] == "true")
        {
            headers["Access-Control-Allow-Private-Network"] = "true";
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static bool NeedsNoOrigin(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && (
            context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
            || context.Request.Path.StartsWithSegments("/openapi", StringComparison.Ordinal)
        );

    private static bool IsLoopbackName(HostString host) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
