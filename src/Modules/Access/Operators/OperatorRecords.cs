using System.Collections.Frozen;
using Access.Roles;
using Microsoft.EntityFrameworkCore;

namespace Access.Operators;

/// <summary>An operator with all that belongs to it, as read to be shown or changed.</summary>
internal sealed record OperatorRecord(Operator Operator, Credential Credential, string BranchCode, IReadOnlyList<long> RoleIds)
{
    public OperatorDetail Detail(Caller seenBy) => OperatorDetail.Of(Operator, Credential, BranchCode, RoleIds, seenBy);
}

/// <summary>Reads operators for administrators, who reach their own branch and those below (PL-01.10).</summary>
internal sealed class OperatorRecords(AppDb db, BranchTree tree, BranchScope scope, AdministratorRules rules, RequestContext request)
{
    public async Task<Outcome<OperatorRecord>> Find(long id, CancellationToken ct)
    {
        if (await db.Set<Operator>().SingleOrDefaultAsync(o => o.Id == id && o.Kind == PrincipalKind.Operator, ct) is not { } person)
        {
            return new NotFound("operator");
        }

        if (!await scope.Reaches(person.BranchId, ct))
        {
            return new BranchOutOfReach();
        }

        var credential = await db.Set<Credential>().SingleAsync(c => c.OperatorId == id, ct);
        var roles = await db.Set<OperatorRole>().Where(r => r.OperatorId == id).Select(r => r.RoleId).ToListAsync(ct);
        return new OperatorRecord(person, credential, (await tree.Get(person.BranchId, ct)).Code, roles);
    }

    /// <summary>
    /// The same, to change it: not oneself, so that nobody gives himself rights or opens his own lock; and nobody who has a right that the caller
    /// lacks (PL-01.12).
    /// </summary>
    public async Task<Outcome<OperatorRecord>> FindOther(long id, CancellationToken ct)
    {
        if (id == request.Caller.OperatorId)
        {
            return new OwnAccount();
        }

        var found = await Find(id, ct);
        return found.Refusal is null && rules.Lacks(await rules.RightsOf(id, ct)) is { } lacking ? lacking : found;
    }

    /// <summary>The rights that these roles have together.</summary>
    public async Task<FrozenSet<string>> RightsOf(IReadOnlyList<long> roleIds, CancellationToken ct)
    {
        var ids = roleIds.ToList();
        return await rules.RightsOf(await db.Set<Role>().Where(r => ids.Contains(r.Id)).ToListAsync(ct), ct);
    }

    /// <summary>The rights of these roles, when the caller may give them to an operator of this branch.</summary>
    public async Task<Outcome<FrozenSet<string>>> RightsToGive(IReadOnlyList<long> roleIds, long branchId, CancellationToken ct)
    {
        var wanted = roleIds.ToList();
        var roles = await db.Set<Role>().Where(r => wanted.Contains(r.Id)).ToListAsync(ct);
        foreach (var id in wanted)
        {
            if (roles.Find(r => r.Id == id) is not { } role || !await tree.IsSameOrSuperior(role.BranchId, branchId, ct))
            {
                return new RoleUnknown(IdText.Of(id));
            }

            if (
                role.AllRights
                && !await db.Set<OperatorRole>().AnyAsync(r => r.RoleId == id && r.OperatorId == request.Caller.OperatorId, ct)
            )
            {
                return new RoleNotYours();
            }
        }

        var given = await rules.RightsOf(roles, ct);
        return rules.Lacks(given) is { } lacking ? lacking : given;
    }
}

public sealed record OwnAccount()
    : Refusal("own-account", 403, "Another administrator must change your own account.", "本人账户须由其他管理员修改。");

/// <param name="RoleId">The first that does not serve the operator's branch, or does not exist.</param>
public sealed record RoleUnknown(string RoleId) : Refusal("role-unknown", 422, "This branch has no such role.", "该网点没有此角色。");

public sealed record RoleNotYours()
    : Refusal("role-not-yours", 403, "Only an operator who holds all rights can grant them.", "只有拥有全部权限的管理员才能授予该角色。");
