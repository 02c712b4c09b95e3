using Access.SigningIn;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform;

namespace Access;

/// <summary>Finds the operator behind a request's access token and holds the route's right against the operator's (PL-01.8).</summary>
public sealed class SignedInMiddleware(RequestDelegate next)
{
    private const string Scheme = "Bearer ";
    internal const int TokenLength = 43;

    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var metadata = context.GetEndpoint()?.Metadata;
        var required = metadata?.GetMetadata<RequiredRight>();
        var signedIn = metadata?.GetMetadata<AnySignedIn>();
        if (required is null && signedIn is null)
        {
            await next(context);
            return;
        }

        var about = context.RequestServices.GetRequiredService<RequestContext>();
        var token = TokenOf(context.Request);
        // A route that books may go by memory, since its booking confirms it; no other route may.
        var refusal = metadata!.GetMetadata<TakesIdempotencyKey>() is not null
            ? await Remember(context, about, token, required?.Right)
            : await Find(context, about, token, required?.Right, remember: false, context.RequestAborted);
        if (refusal is null && signedIn is { PeopleOnly: true } && about.Caller.Kind != PrincipalKind.Operator)
        {
            refusal = new PeopleOnly();
        }

        if (refusal is null)
        {
            await next(context);
        }
        else
        {
            await Problem.Of(refusal).ExecuteAsync(context);
        }
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
                $"The route {undecided.DisplayName} does not say who may use it; give it RequireRight, AllowSignedIn or AllowEverybody.",
                $"路由 {undecided.DisplayName} 未声明谁可以使用，请指定 RequireRight、AllowSignedIn 或 AllowEverybody。"
            );
        }
    }

    private static async Task<Refusal?> Remember(HttpContext context, RequestContext about, string? token, Right? right)
    {
        if (
            token is null
            || context.RequestServices.GetRequiredService<SessionMemory>().Find(token) is not { } known
            || !Allows(known.Caller, right)
        )
        {
            return await Find(context, about, token, right, remember: true, context.RequestAborted);
        }

        about.Caller = known.Caller;
        about.Remember();
        about.GoesBy(known.OperatorStamp);
        about.GoesBy(known.RolesStamp);
        about.Recheck = ct => Find(context, about, token, right, remember: true, ct);
        return null;
    }

    private static async Task<Refusal?> Find(
        HttpContext context,
        RequestContext about,
        string? token,
        Right? right,
        bool remember,
        CancellationToken ct
    )
    {
        var services = context.RequestServices;
        var caller = token is null
            ? null
            : await services.GetRequiredService<SessionReader>().Find(services.GetRequiredService<AppDb>(), token, remember, ct);
        if (caller is null)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return new NotSignedIn();
        }

        about.Caller = caller;
        return Allows(caller, right) ? null : new RightMissing(right!.Name);
    }

    private static bool Allows(Caller caller, Right? right) => right is null || caller.Has(right);

    private static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.Length == Scheme.Length + TokenLength && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..]
            : null;
    }
}
