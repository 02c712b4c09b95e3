using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;

namespace Access.Applications;

/// <summary>What is known of whoever asks for a token, for the rest of the request.</summary>
internal sealed class TokenRequest
{
    /// <summary>The secret that proved who it is.</summary>
    public long SecretId { get; set; }

    public long BranchId { get; set; }
}

/// <summary>Proves applications by their open secrets, of which there may be two.</summary>
internal sealed class ApplicationProof(
    IOpenIddictApplicationCache<Application> cache,
    ILogger<OpenIddictApplicationManager<Application>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictApplicationStore<Application> store,
    AppDb db,
    TokenRequest about,
    TimeProvider clock
) : OpenIddictApplicationManager<Application>(cache, logger, options, store)
{
    public override async ValueTask<Application?> FindByClientIdAsync(string identifier, CancellationToken cancellationToken = default)
    {
        var found = await base.FindByClientIdAsync(identifier, cancellationToken);
        if (found is null)
        {
            // Whoever guesses hears as late of an unknown application as of a wrong secret (PL-06.12).
            await Prove(0, identifier, cancellationToken);
        }

        return found;
    }

    public override async ValueTask<bool> ValidateClientSecretAsync(
        Application application,
        string secret,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(application);
        return await Prove(application.PrincipalId, secret, cancellationToken);
    }

    private async Task<bool> Prove(long applicationId, string secret, CancellationToken ct)
    {
        var (now, hash) = (clock.GetUtcNow().UtcDateTime, Secrets.Hash(secret));
        var open = await db.Set<ApplicationSecret>()
            .Where(s => s.ApplicationId == applicationId && s.OpenPlace != null && s.ExpiresAt > now)
            .ToListAsync(ct);
        var match = open.Find(s => CryptographicOperations.FixedTimeEquals(s.Hash, hash));
        about.SecretId = match?.Id ?? 0;
        return match is not null;
    }
}
