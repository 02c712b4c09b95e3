namespace Access.Branches;

/// <summary>What a caller may administer or look through: the own branch and those below it.</summary>
public sealed class BranchScope(BranchTree tree, RequestContext request)
{
    /// <summary>The branch with this code, the caller's own where none is named; a refusal when it is neither the own one nor below.</summary>
    public async Task<Outcome<BranchPlace>> Find(string? code, CancellationToken ct)
    {
        if (code is null)
        {
            return await tree.Get(request.Caller.BranchId, ct);
        }

        return await tree.FindByCode(code, ct) is not { } place ? new NotFound("branch")
            : await Reaches(place.Id, ct) ? place
            : new BranchOutOfReach();
    }

    public Task<bool> Reaches(long branchId, CancellationToken ct) => tree.IsSameOrSuperior(request.Caller.BranchId, branchId, ct);

    /// <summary>The path that those of all branches in reach start with.</summary>
    public async Task<string> Path(CancellationToken ct) => (await tree.Get(request.Caller.BranchId, ct)).Path;
}

/// <summary>Narrows a list to the branches that it looks through.</summary>
public static class BranchesWithin
{
    /// <summary>The branch itself where the caller named it by its code; the branch and all below it where the caller named none.</summary>
    public static IQueryable<Branch> Within(this IQueryable<Branch> branches, BranchPlace place, string? code)
    {
        var (id, path) = (place.Id, place.Path);
        return code is null ? branches.Where(b => b.Path.StartsWith(path)) : branches.Where(b => b.Id == id);
    }
}
