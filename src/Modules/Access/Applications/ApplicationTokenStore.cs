using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.EntityFrameworkCore;
using Platform.Audit;

namespace Access.Applications;

/// <summary>Notes on a new token what it was asked for.</summary>
internal sealed class ApplicationTokenManager(
    IOpenIddictTokenCache<ApplicationToken> cache,
    ILogger<OpenIddictTokenManager<ApplicationToken>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictTokenStore<ApplicationToken> store
) : OpenIddictTokenManager<ApplicationToken>(cache, logger, options, store)
{
    public override async ValueTask PopulateAsync(
        ApplicationToken token,
        OpenIddictTokenDescriptor descriptor,
        CancellationToken cancellationToken = default
    )
    {
        await base.PopulateAsync(token, descriptor, cancellationToken);
        if (descriptor.Principal is { } principal)
        {
            token.ScopeText = Application.JoinScopes(principal.GetScopes());
        }
    }
}

/// <summary>Keeps tokens without OpenIddict's tables of authorizations, puts each on record, and drops those that ended.</summary>
internal sealed class ApplicationTokenStore(
    IMemoryCache cache,
    IOpenIddictEntityFrameworkCoreContext context,
    AppDb db,
    IOptionsMonitor<OpenIddictEntityFrameworkCoreOptions> options,
    TokenRequest about,
    TimeProvider clock
) : OpenIddictEntityFrameworkCoreTokenStore<ApplicationToken, Application, ApplicationAuthorization, string>(cache, context, options)
{
    public override async ValueTask CreateAsync(ApplicationToken token, CancellationToken cancellationToken)
    {
        var (now, application, secret) = (clock.GetUtcNow().UtcDateTime, token.PrincipalId, about.SecretId);
        token.SecretId = secret;
        db.Add(
            new AuditRecord
            {
                Id = Ids.Next(),
                At = now,
                BranchId = about.BranchId,
                OperatorId = application,
                Action = "issue-token",
                Subject = $"application:{application}",
                Outcome = "done",
            }
        );
        await base.CreateAsync(token, cancellationToken);
        await db.Set<ApplicationSecret>()
            .Where(s => s.Id == secret)
            .ExecuteUpdateAsync(u => u.SetProperty(s => s.LastUsedAt, now), cancellationToken);
        await db.Set<ApplicationToken>()
            .Where(t => t.PrincipalId == application && t.ExpirationDate < now)
            .ExecuteDeleteAsync(cancellationToken);
    }

    public override ValueTask<string?> GetApplicationIdAsync(ApplicationToken token, CancellationToken cancellationToken) =>
        new(IdText.Of(token.PrincipalId));

    public override ValueTask SetApplicationIdAsync(ApplicationToken token, string? identifier, CancellationToken cancellationToken)
    {
        token.PrincipalId = long.Parse(identifier ?? "0", CultureInfo.InvariantCulture);
        return default;
    }

    public override ValueTask<string?> GetAuthorizationIdAsync(ApplicationToken token, CancellationToken cancellationToken) => default;

    public override ValueTask SetAuthorizationIdAsync(ApplicationToken token, string? identifier, CancellationToken cancellationToken) =>
        default;
}
