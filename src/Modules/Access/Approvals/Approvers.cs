using Access.Roles;
using Access.SigningIn;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;

namespace Access.Approvals;

/// <summary>Tells who may approve, and what it hangs on (PL-02.3, PL-02.6).</summary>
internal sealed class Approvers(RoleRights rights)
{
    /// <summary>
    /// The approver as he stands now; null when he has left the branch, was deactivated, or has lost the right. The stamps are read first: whatever
    /// changes after that shows as an old stamp, and the booking is decided again. A lock does not count: a stranger can bring it about.
    /// </summary>
    public async Task<StandingApprover?> Find(AppDb db, Approval approval, CancellationToken ct)
    {
        var stamps = await Stamps.Read(db, ct);
        var (id, branchId) = (approval.ApproverId, approval.BranchId);
        var active = await (
            from person in db.Set<Operator>()
            where person.Id == id && person.BranchId == branchId && person.Active
            join branch in db.Set<Branch>() on person.BranchId equals branch.Id
            where branch.Active
            select person.Id
        ).AnyAsync(ct);
        var held = active ? await rights.OfOperator(db, id, ct) : [];
        if (!held.Contains(AccessRights.Approve.Name))
        {
            return null;
        }

        var name = AccessStamps.Of(id);
        return new StandingApprover(
            held,
            [
                Premise.OfStamp(name, stamps.GetValueOrDefault(name)),
                Premise.OfStamp(AccessStamps.Roles, stamps.GetValueOrDefault(AccessStamps.Roles)),
            ]
        );
    }
}
