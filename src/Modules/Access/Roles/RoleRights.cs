using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;

namespace Access.Roles;

/// <summary>A role an operator has, with the version it has now.</summary>
internal readonly record struct RoleVersion(long Id, int Version);

/// <summary>Remembers the rights of roles under the version each has: an edited role has another version, and is read again.</summary>
internal sealed class RoleRights(IReadOnlyList<Right> rights)
{
    private const int MostRemembered = 10_000;

    private readonly FrozenSet<string> _known = rights.Select(r => r.Name).ToFrozenSet(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<RoleVersion, FrozenSet<string>> _byRole = new();

    public async ValueTask<FrozenSet<string>> Of(AppDb db, IReadOnlyList<RoleVersion> roles, CancellationToken ct)
    {
        var sets = new List<FrozenSet<string>>(roles.Count);
        foreach (var role in roles)
        {
            sets.Add(_byRole.TryGetValue(role, out var known) ? known : await Load(db, role.Id, ct));
        }

        return sets switch
        {
            [] => [],
            [var only] => only,
            _ => sets.SelectMany(s => s).ToFrozenSet(StringComparer.Ordinal),
        };
    }

    /// <summary>The rights an operator has now.</summary>
    public async Task<FrozenSet<string>> OfOperator(AppDb db, long operatorId, CancellationToken ct)
    {
        var roles = await (
            from held in db.Set<OperatorRole>()
            join role in db.Set<Role>() on held.RoleId equals role.Id
            where held.OperatorId == operatorId
            select new RoleVersion(role.Id, role.Version)
        ).ToListAsync(ct);
        return await Of(db, roles, ct);
    }

    private async Task<FrozenSet<string>> Load(AppDb db, long roleId, CancellationToken ct)
    {
        if (await db.Set<Role>().SingleOrDefaultAsync(r => r.Id == roleId, ct) is not { } role)
        {
            return [];
        }

        if (_byRole.Count >= MostRemembered)
        {
            _byRole.Clear();
        }

        // Kept under the version that was read, which may already be newer than the one asked for.
        var held = role.AllRights ? _known : role.Rights.Where(_known.Contains).ToFrozenSet(StringComparer.Ordinal);
        _byRole[new RoleVersion(role.Id, role.Version)] = held;
        return held;
    }
}
