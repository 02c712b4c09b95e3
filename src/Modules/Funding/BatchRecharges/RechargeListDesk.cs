using Access.Branches;
using Microsoft.EntityFrameworkCore;

namespace Funding.BatchRecharges;

/// <summary>Finds lists for a caller: those of the own branch and the branches below it.</summary>
internal sealed class RechargeListDesk(AppDb db, BranchTree branches, RequestContext request, TimeProvider clock)
{
    public async Task<Outcome<RechargeList>> Find(string serialNumber, CancellationToken ct)
    {
        var id = SerialNumber.Parse(serialNumber);
        var list = await db.Set<RechargeList>().SingleOrDefaultAsync(l => l.Id == id, ct);
        return list is not null && await branches.IsSameOrSuperior(request.Caller.BranchId, list.BranchId, ct)
            ? list
            : new RechargeListNotFound();
    }

    /// <summary>The same, where only the submitting branch may go on.</summary>
    public async Task<Outcome<RechargeList>> FindOwn(string serialNumber, CancellationToken ct)
    {
        var found = await Find(serialNumber, ct);
        return found.Refusal is null && found.Value.BranchId != request.Caller.BranchId ? new RechargeListOfOtherBranch() : found;
    }

    public Task<RechargeListView> View(long listId, CancellationToken ct) => db.RechargeListView(listId, clock.GetUtcNow().UtcDateTime, ct);

    /// <summary>A list as a decision is about to leave it, with the names that its row has.</summary>
    public async Task<RechargeListView> ViewOf(RechargeList changed, CancellationToken ct)
    {
        var row = await db.RechargeListRow(db.Set<RechargeList>().Where(l => l.Id == changed.Id)).SingleAsync(ct);
        var releaser = changed.ReleaserId == request.Caller.OperatorId ? request.Caller.Login : row.ReleasedBy;
        return RechargeListRows.View(row with { List = changed, ReleasedBy = releaser }, clock.GetUtcNow().UtcDateTime);
    }
}
