using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Access.Branches;

/// <summary>Where a branch stands: what of it never changes.</summary>
public sealed record BranchPlace(long Id, string Code, string Path, BranchLevel Level)
{
    /// <summary>The ids from this branch up to the top.</summary>
    public IReadOnlyList<long> UpToTop { get; } =
    [.. Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse().Select(id => long.Parse(id, CultureInfo.InvariantCulture))];

    public bool IsSameOrSuperiorTo(BranchPlace other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Path.StartsWith(Path, StringComparison.Ordinal);
    }
}

/// <summary>
/// The tree of branches (PL-01.9), remembered per process: a branch's code and place never change, so what is remembered is never wrong.
/// </summary>
public sealed class BranchTree(IDbContextFactory<AppDb> contexts)
{
    private readonly ConcurrentDictionary<long, BranchPlace> _byId = new();
    private readonly ConcurrentDictionary<string, BranchPlace> _byCode = new(StringComparer.Ordinal);

    /// <summary>Is the first branch the second one, or above it? False when either does not exist.</summary>
    public async Task<bool> IsSameOrSuperior(long superiorId, long branchId, CancellationToken ct) =>
        await Find(superiorId, ct) is { } superior && await Find(branchId, ct) is { } branch && superior.IsSameOrSuperiorTo(branch);

    /// <summary>The branch, which must exist.</summary>
    public async Task<BranchPlace> Get(long branchId, CancellationToken ct) =>
        await Find(branchId, ct) ?? throw new InvalidOperationException($"There is no branch {branchId}.");

    public async Task<BranchPlace?> Find(long branchId, CancellationToken ct) =>
        _byId.TryGetValue(branchId, out var known) ? known : await Load(q => q.Where(b => b.Id == branchId), ct);

    /// <summary>The branch with this 8-digit code.</summary>
    public async Task<BranchPlace?> FindByCode(string code, CancellationToken ct) =>
        _byCode.TryGetValue(code, out var known) ? known : await Load(q => q.Where(b => b.Code == code), ct);

    private async Task<BranchPlace?> Load(Func<IQueryable<Branch>, IQueryable<Branch>> which, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var place = await which(db.Set<Branch>()).Select(b => new BranchPlace(b.Id, b.Code, b.Path, b.Level)).SingleOrDefaultAsync(ct);
        if (place is not null)
        {
            _byId[place.Id] = place;
            _byCode[place.Code] = place;
        }

        return place;
    }
}
