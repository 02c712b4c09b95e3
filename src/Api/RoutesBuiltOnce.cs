using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Api;

/// <summary>
/// Routes that are built once. The framework's own source compiles the handler of every route anew for each that asks: the check at the start, the
/// matcher at the first request, the description. That was most of the time of a start.
/// </summary>
internal sealed class RoutesBuiltOnce(EndpointDataSource routes) : EndpointDataSource
{
    private readonly Lazy<IReadOnlyList<Endpoint>> _endpoints = new(() => routes.Endpoints);

    public override IReadOnlyList<Endpoint> Endpoints => _endpoints.Value;

    /// <summary>They do not change while the process runs.</summary>
    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;

    /// <summary>Called when all routes are mapped.</summary>
    public static void Use(IEndpointRouteBuilder app)
    {
        var routes = app.DataSources.Select(d => new RoutesBuiltOnce(d)).ToList();
        app.DataSources.Clear();
        routes.ForEach(app.DataSources.Add);
    }
}
