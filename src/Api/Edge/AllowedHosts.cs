using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Primitives;
using Platform.Problems;
using Platform.Settings;

namespace Api.Edge;

/// <summary>The request asks for a host name that this API does not have.</summary>
internal sealed record HostNotAllowed()
    : Refusal("host-not-allowed", 421, "This API does not answer under this host name.", "本服务不以此主机名提供访问。");

/// <summary>
/// Refuses requests for foreign host names, after a trusted proxy has said which name was asked for. The framework's own filter runs before that, and
/// answers a page instead of a problem.
/// </summary>
internal static class AllowedHosts
{
    public const string Setting = "AllowedHosts";
    private const string Any = "*";

    private static readonly string[] s_thisMachine = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>The names; none where every name is allowed.</summary>
    public static IReadOnlyList<StringSegment> Read(IConfiguration configuration)
    {
        var names = (configuration[Setting] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.Contains(Any) ? [] : [.. names.Select(n => new StringSegment(n))];
    }

    public static void LeaveHostsToUs(this IServiceCollection services) =>
        services.Configure<HostFilteringOptions>(o => o.AllowedHosts = [Any]);

    public static void UseAllowedHosts(this WebApplication app)
    {
        var names = Read(app.Configuration).ToList();
        if (names.Count > 0)
        {
            app.Use((context, next) => IsAllowed(context, names) ? next(context) : Problem.Of(new HostNotAllowed()).ExecuteAsync(context));
        }
    }

    private static bool IsAllowed(HttpContext context, IList<StringSegment> names) =>
        context.Request.Host is not { HasValue: true, Value: { } host }
        || HostString.MatchesAny(host, names)
        // Whoever watches the process asks by its address.
        || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
        || IsThisMachine(context);

    private static bool IsThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } from
        && IPAddress.IsLoopback(from)
        && context.Features.Get<Forwarding>() is null
        && s_thisMachine.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase);
}
