using Access.Branches;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;

namespace Cheques;

/// <summary>Cheques that the bank has not decided on yet, for the branch that received them and those above it (FC-32.1, FC-33.1).</summary>
internal sealed class ReceivedCheques(AppDb db, BranchTree branches, RequestContext request)
{
    public async Task<Outcome<Cheque>> Find(long id, CancellationToken ct)
    {
        var cheque = await db.Set<Cheque>().SingleOrDefaultAsync(c => c.Id == id, ct);
        if (cheque is null)
        {
            return new ChequeNotFound();
        }

        if (!await branches.IsSameOrSuperior(request.Caller.BranchId, cheque.BranchId, ct))
        {
            return new ChequeOfOtherBranch();
        }

        return cheque.State switch
        {
            ChequeState.Received => cheque,
            ChequeState.Cleared => new ChequeCleared(),
            _ => new ChequeBounced(),
        };
    }
}

/// <summary>What a booking about a received cheque can refuse.</summary>
internal static class ReceivedChequeRoutes
{
    public static RouteHandlerBuilder ForReceivedCheques(this RouteHandlerBuilder route) =>
        route.Refuses(typeof(ChequeNotFound), typeof(ChequeOfOtherBranch), typeof(ChequeCleared), typeof(ChequeBounced));
}
