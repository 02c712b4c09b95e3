using System.Globalization;
using System.Net;
using Platform.Problems;
using Platform.Settings;

namespace Api.Edge;

/// <summary>
/// Who may read <c>/internal</c>: this machine, and the networks that <c>Internal:AllowedFrom</c> names. What a proxy forwards is never this machine,
/// also where nobody told the API of the proxy; with <c>Internal:Port</c> the API's own port does not lead there at all.
/// </summary>
internal sealed class InternalDoor(IConfiguration configuration) : IEndpointFilter
{
    public const string AllowedFrom = "Internal:AllowedFrom";
    public const string Port = "Internal:Port";

    private readonly Networks _networks = Networks.Of(configuration[AllowedFrom]);
    private readonly int? _port = PortOf(configuration);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        LetsIn(context.HttpContext) ? await next(context) : Problem.Of(new NoSuchResource());

    /// <summary>Opens the port of its own, beside the addresses that the API listens on anyway.</summary>
    public static void Open(WebApplicationBuilder builder)
    {
        if (PortOf(builder.Configuration) is not { } port)
        {
            return;
        }

        var host = Networks.Of(builder.Configuration[AllowedFrom]).Items.Count == 0 ? "127.0.0.1" : "*";
        var own = string.Create(CultureInfo.InvariantCulture, $"http://{host}:{port}");
        if (builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            builder.Configuration["Kestrel:Endpoints:Internal:Url"] = own;
            return;
        }

        builder.WebHost.UseUrls(Addresses(builder.Configuration), own);
    }

    private static string Addresses(ConfigurationManager configuration)
    {
        if (configuration["urls"] is { Length: > 0 } urls)
        {
            return urls;
        }

        var ports = (configuration["http_ports"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return ports.Length == 0 ? "http://localhost:5000" : string.Join(';', ports.Select(p => $"http://*:{p}"));
    }

    private bool LetsIn(HttpContext context)
    {
        var from = context.Connection.RemoteIpAddress;
        var forwarding = context.Features.Get<Forwarding>();
        // A trusted proxy that handed on somebody's unreadable header leaves its own address in the place of the caller's.
        var hidden = forwarding is not null && (!forwarding.IsTrusted || Equals(from, forwarding.By));
        if (hidden || (_port is not null && context.Connection.LocalPort != _port))
        {
            return false;
        }

        return (from is not null && _networks.Contain(from)) || (forwarding is null && (from is null || IPAddress.IsLoopback(from)));
    }

    private static int? PortOf(IConfiguration configuration) =>
        int.TryParse(configuration[Port], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
}
