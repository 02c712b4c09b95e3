using System.Collections.Frozen;
using Access.Roles;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;

namespace Access.Operators;

/// <param name="Right">The first right that you lack.</param>
public sealed record RightNotYours(string Right)
    : Refusal("right-not-yours", 403, "This request concerns a right that you do not have.", "涉及您本人没有的权限，不能办理。");

/// <summary>By whose leave an administrator acts.</summary>
/// <param name="Actor">With the second administrator where one approved.</param>
/// <param name="OnlyAdministrator">No second one existed to be asked; true goes on record, else null.</param>
internal sealed record AdministratorLeave(Actor Actor, bool? OnlyAdministrator);

/// <summary>
/// Nobody gains rights through administration (PL-01.12): an administrator touches no right that he lacks, and a second administrator approves what
/// brings rights to move money, or to approve, to somebody.
/// </summary>
internal sealed class AdministratorRules(AppDb db, RoleRights rights, IReadOnlyList<Right> all, RequestContext request)
{
    public Task<FrozenSet<string>> RightsOf(long operatorId, CancellationToken ct) => rights.OfOperator(db, operatorId, ct);

    /// <summary>All rights that these roles have together.</summary>
    public async Task<FrozenSet<string>> RightsOf(IReadOnlyList<Role> roles, CancellationToken ct) =>
        await rights.Of(db, [.. roles.Select(r => new RoleVersion(r.Id, r.Version))], ct);

    /// <summary>The refusal when one of these rights is not the caller's own.</summary>
    public RightNotYours? Lacks(IEnumerable<string> concerned) =>
        concerned.FirstOrDefault(r => !request.Caller.Rights.Contains(r)) is { } lacking ? new RightNotYours(lacking) : null;

    /// <summary>
    /// Whose leave this takes: nobody else's where no right is concerned that moves money or approves; else a second administrator's, who has the
    /// rights concerned. As long as there is one administrator in the whole platform there is nobody to ask, and that goes on record. One who is
    /// deactivated still counts: else the first could put the second out and act alone.
    /// </summary>
    public async Task<Outcome<AdministratorLeave>> Leave(
        ApprovalAction action,
        IReadOnlyCollection<string> concerned,
        ApprovalSubject subject,
        CancellationToken ct,
        bool always = false
    )
    {
        if (!always && !concerned.Any(AccessRights.IsSensitive))
        {
            return new AdministratorLeave(request.Actor, null);
        }

        string[] needed = [.. concerned.Append(AccessRights.Administer.Name).Where(r => r != AccessRights.Approve.Name).Distinct()];
        if (request.IsApproved(action) && needed.All(request.Approver!.Rights.Contains))
        {
            return new AdministratorLeave(request.ApprovedActor(action), null);
        }

        return await IsOnlyAdministrator(ct)
            ? new AdministratorLeave(request.Actor, true)
            : request.ApprovalRequired(action, subject with { RightsOfApprover = needed });
    }

    /// <summary>Rights in words, for the approver.</summary>
    public ApprovalFact Words(IReadOnlyCollection<string> names)
    {
        var concerned = all.Where(r => names.Contains(r.Name)).ToList();
        return concerned.Count == all.Count
            ? new ApprovalFact("Rights", "权限", "all", "全部")
            : new ApprovalFact(
                "Rights",
                "权限",
                Shortened(string.Join(", ", concerned.Select(r => r.En))),
                Shortened(string.Join("、", concerned.Select(r => r.Zh)))
            );
    }

    private static string Shortened(string text) => text.Length <= 1_500 ? text : string.Concat(text.AsSpan(0, 1_500), "…");

    private async Task<bool> IsOnlyAdministrator(CancellationToken ct)
    {
        var (self, administer) = (request.Caller.OperatorId, AccessRights.Administer.Name);
        return !await (
            from held in db.Set<OperatorRole>()
            where held.OperatorId != self
            join role in db.Set<Role>() on held.RoleId equals role.Id
            where role.AllRights || role.RightNames.Contains(administer)
            select held.OperatorId
        ).AnyAsync(ct);
    }
}
