using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace Access.Applications;

/// <summary>
/// Finds which application stands behind an access token, in one round trip, so that a secret or an application that ended, a scope taken back or a
/// closed branch works at once on every instance (PL-06.11).
/// </summary>
internal sealed class ApplicationReader(IReadOnlyList<Right> rights, TimeProvider clock)
{
    private readonly FrozenSet<string> _scopes = rights.Where(r => !r.PeopleOnly).Select(r => r.Name).ToFrozenSet(StringComparer.Ordinal);

    // Compiled per host and not once per process: a compiled query belongs to the model it was first used with.
    private readonly Func<AppDb, string, IAsyncEnumerable<Row>> _find = EF.CompileAsyncQuery(
        (AppDb db, string reference) =>
            from token in db.Set<ApplicationToken>()
            where token.ReferenceId == reference && token.Status == OpenIddictConstants.Statuses.Valid
            join application in db.Set<Application>() on token.PrincipalId equals application.PrincipalId
            join secret in db.Set<ApplicationSecret>() on token.SecretId equals secret.Id
            join principal in db.Set<Operator>() on application.PrincipalId equals principal.Id
            join branch in db.Set<Branch>() on principal.BranchId equals branch.Id
            select new Row(
                principal.Id,
                principal.Login,
                principal.Name,
                branch.Id,
                branch.Code,
                principal.Active && branch.Active && secret.EndedAt == null,
                token.ScopeText,
                application.ScopeText,
                token.ExpirationDate,
                secret.ExpiresAt
            )
    );

    /// <summary>Null where nobody stands behind it any more. The hash is that of the token.</summary>
    public async Task<(Caller Caller, DateTime Until)?> Find(AppDb db, byte[] hash, CancellationToken ct)
    {
        await foreach (var row in _find(db, Convert.ToBase64String(hash)).WithCancellation(ct))
        {
            var until = row.TokenEndsAt is { } end && end < row.SecretEndsAt ? end : row.SecretEndsAt;
            return row.Open && until > clock.GetUtcNow().UtcDateTime ? (Of(row), until) : null;
        }

        return null;
    }

    private Caller Of(Row row)
    {
        var held = Application.SplitScopes(row.TokenScopes).Intersect(Application.SplitScopes(row.Scopes)).Where(_scopes.Contains);
        return new Caller(row.Id, row.Login, row.Name, row.BranchId, row.BranchCode, 0, held.ToFrozenSet(StringComparer.Ordinal))
        {
            Kind = PrincipalKind.Application,
        };
    }

    private sealed record Row(
        long Id,
        string Login,
        string Name,
        long BranchId,
        string BranchCode,
        bool Open,
        string TokenScopes,
        string Scopes,
        DateTime? TokenEndsAt,
        DateTime SecretEndsAt
    );
}
