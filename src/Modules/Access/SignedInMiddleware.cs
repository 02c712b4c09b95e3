using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform;

namespace Access;

/// <summary>Finds the operator behind a request's access token and holds the route's right against the operator's (PL-01.8).</summary>
public sealed class SignedInMiddleware(RequestDelegate next)
{
    private const string Scheme = "Bearer ";
    private const int TokenLength = 43;

    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var metadata = context.GetEndpoint()?.Metadata;
        var required = metadata?.GetMetadata<RequiredRight>();
        if (required is null && metadata?.GetMetadata<AnySignedIn>() is null)
        {
            await next(context);
            return;
        }

        if (await FindCaller(context) is not { } caller)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await Problem.Of(new NotSignedIn()).ExecuteAsync(context);
            return;
        }

        if (required is not null && !caller.Has(required.Right))
        {
            await Problem.Of(new RightMissing(required.Right.Name)).ExecuteAsync(context);
            return;
        }

        context.RequestServices.GetRequiredService<RequestContext>().Caller = caller;
        await next(context);
    }

    /// <summary>Refuses the start when a route under /v1 does not say who may use it: such a route would be open by mistake.</summary>
    public static void CheckRoutes(IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var undecided = app
            .DataSources.SelectMany(d => d.Endpoints)
            .OfType<RouteEndpoint>()
            .FirstOrDefault(e =>
                e.RoutePattern.RawText?.TrimStart('/').StartsWith("v1/", StringComparison.Ordinal) == true
                && e.Metadata.GetMetadata<RequiredRight>() is null
                && e.Metadata.GetMetadata<AnySignedIn>() is null
                && e.Metadata.GetMetadata<OpenToAll>() is null
            );
        if (undecided is not null)
        {
            throw new StartRefusedException(
                $"The route {undecided.DisplayName} does not say who may use it; give it RequireRight, AllowSignedIn or AllowEverybody."
            );
        }
    }

    private static async Task<Caller?> FindCaller(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length != Scheme.Length + TokenLength || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var services = context.RequestServices;
        return await services
            .GetRequiredService<SessionReader>()
            .Find(services.GetRequiredService<AppDb>(), header[Scheme.Length..], context.RequestAborted);
    }
}
