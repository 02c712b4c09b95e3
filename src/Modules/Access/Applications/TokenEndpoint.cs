using System.Security.Claims;
using System.Security.Cryptography;
using Access.SigningIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Access.Applications;

/// <summary>
/// POST /v1/oauth/token: access tokens for applications, by client credentials (RFC 6749, 4.4; PL-06.5, PL-06.12), of OpenIddict. Tokens are random
/// references of 43 characters that live for 15 minutes; there is no refresh token. Errors are those of RFC 6749, 5.2.
/// </summary>
public static class TokenEndpoint
{
    public const string Address = "/v1/oauth/token";

    internal static IServiceCollection AddApplicationTokens(this IServiceCollection services)
    {
        services.AddScoped<TokenRequest>().AddSingleton<ApplicationReader>().AddScoped<ApplicationRecords>();
        services
            .AddOpenIddict()
            .AddCore(core =>
            {
                core.DisableEntityCaching();
                core.UseEntityFrameworkCore()
                    .UseDbContext<AppDb>()
                    .ReplaceDefaultEntities<Application, ApplicationAuthorization, ApplicationScope, ApplicationToken, string>();
                core.ReplaceApplicationManager<Application, ApplicationProof>();
                core.ReplaceTokenManager<ApplicationToken, ApplicationTokenManager>();
                core.ReplaceTokenStore<ApplicationToken, ApplicationTokenStore>();
            })
            .AddServer(server =>
            {
                server.SetTokenEndpointUris(Address[1..]).AllowClientCredentialsFlow().UseReferenceAccessTokens();
                server.DisableAuthorizationStorage().DisableScopeValidation();
                server.IgnoreEndpointPermissions().IgnoreGrantTypePermissions().IgnoreScopePermissions();
                server.SetAccessTokenLifetime(ApplicationToken.GoodFor);
                // What they sign and encrypt is thrown away: a token's row says all, and a reference to it is what the application gets.
                server.AddSigningKey(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)));
                server.AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)));
                server.UseAspNetCore().DisableTransportSecurityRequirement();
                server.AddEventHandler<HandleTokenRequestContext>(h => h.UseScopedHandler<GrantToken>());
                server.AddEventHandler<ApplyTokenResponseContext>(h => h.UseInlineHandler(Plain).SetOrder(int.MinValue));
            });
        return services;
    }

    /// <summary>Lets OpenIddict answer at its address, and nowhere else.</summary>
    public static void UseTokenEndpoint(this IApplicationBuilder app) =>
        app.UseWhen(
            context => context.Request.Path.Equals(Address, StringComparison.Ordinal),
            branch =>
            {
                branch.Use(Limited);
                branch.UseAuthentication();
            }
        );

    private static async Task Limited(HttpContext context, RequestDelegate next)
    {
        var limit = context.RequestServices.GetRequiredService<SignInLimit>();
        if (limit.Count(context.Connection.RemoteIpAddress ?? System.Net.IPAddress.None) is { } tooMany)
        {
            await Problem.Of(tooMany).ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    /// <summary>A partner reads our documents, not those of the library.</summary>
    private static ValueTask Plain(ApplyTokenResponseContext context)
    {
        context.Response.ErrorUri = null;
        return default;
    }

    /// <summary>Narrows what is asked for to what was granted.</summary>
    internal sealed class GrantToken(AppDb db, TokenRequest about, IReadOnlyList<Right> rights)
        : IOpenIddictServerHandler<HandleTokenRequestContext>
    {
        public async ValueTask HandleAsync(HandleTokenRequestContext context)
        {
            var clientId = context.ClientId;
            var found = await (
                from application in db.Set<Application>()
                where application.ClientId == clientId
                join principal in db.Set<Operator>() on application.PrincipalId equals principal.Id
                join branch in db.Set<Branch>() on principal.BranchId equals branch.Id
                select new
                {
                    application.Id,
                    application.ScopeText,
                    BranchId = branch.Id,
                    Active = principal.Active && branch.Active,
                }
            ).SingleAsync(context.CancellationToken);
            if (!found.Active)
            {
                context.Reject(Errors.UnauthorizedClient, "The application or its branch is not active.");
                return;
            }

            var asked = context.Request.GetScopes();
            IReadOnlyList<string> granted = Application.SplitScopes(found.ScopeText);
            if (asked.Any(s => rights.All(r => r.Name != s)))
            {
                context.Reject(Errors.InvalidScope, "There is no such scope.");
                return;
            }

            List<string> scopes = [.. asked.Length == 0 ? granted : granted.Intersect(asked)];
            if (scopes.Count == 0)
            {
                context.Reject(Errors.InvalidScope, "None of these scopes was granted to the application.");
                return;
            }

            about.BranchId = found.BranchId;
            var identity = new ClaimsIdentity("client-credentials");
            identity.SetClaim(Claims.Subject, found.Id).SetScopes(scopes);
            context.SignIn(new ClaimsPrincipal(identity));
        }
    }
}
