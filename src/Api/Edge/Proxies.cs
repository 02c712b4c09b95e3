using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Platform.Settings;

namespace Api.Edge;

/// <summary>The request came with a proxy's headers, from one that is trusted or from anybody.</summary>
/// <param name="By">Who sent it here: the proxy, if it is one.</param>
/// <param name="IsTrusted">It is a configured proxy and said by X-Forwarded-For whom it forwards for.</param>
internal sealed record Forwarding(IPAddress? By, bool IsTrusted);

/// <summary>
/// Takes the caller's address, scheme and host from X-Forwarded-For, -Proto and -Host, but from configured proxies only (PL-08.6). Whatever asks for
/// the address afterwards sees the true caller; a forged header changes nothing but that its sender is not taken for this machine.
/// </summary>
internal static class Proxies
{
    public const string Setting = "Proxies:Trusted";

    /// <summary>Proxies that one request may have come through.</summary>
    private const int MostHops = 8;

    private static readonly string[] s_headers =
    [
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "X-Forwarded-Host",
        "X-Real-IP",
        "Forwarded",
        "Via",
    ];

    public static void UseProxies(this WebApplication app)
    {
        var trusted = Networks.Of(app.Configuration[Setting]);
        app.Use(
            (context, next) =>
            {
                var headers = context.Request.Headers;
                foreach (var name in s_headers)
                {
                    if (headers.ContainsKey(name))
                    {
                        var from = context.Connection.RemoteIpAddress;
                        var isTrusted = headers.ContainsKey(s_headers[0]) && from is not null && trusted.Contain(from);
                        context.Features.Set(new Forwarding(from, isTrusted));
                        break;
                    }
                }

                return next(context);
            }
        );
        // With no network at all the framework's middleware would believe everybody.
        if (trusted.Items.Count > 0)
        {
            app.UseForwardedHeaders(Options(trusted));
        }
    }

    private static ForwardedHeadersOptions Options(Networks trusted)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = MostHops,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in trusted.Items)
        {
            options.KnownIPNetworks.Add(network);
        }

        return options;
    }
}
