using Access.Branches;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Refunds.Refundable;

namespace Refunds.Refunding;

/// <summary>Finds refunds that something is done with, and books their ends. The row's version lets one of two that race in (FC-26.7).</summary>
internal sealed class RefundEnds(AppDb db, BranchTree branches, RequestContext request)
{
    /// <summary>The version of the account in transit that only the refund itself moved: of two ends, the later one is decided again.</summary>
    public const int Sent = 1;

    public async Task<Outcome<Refund>> Find(string serialNumber, CancellationToken ct)
    {
        var id = SerialNumber.Parse(serialNumber);
        var refund = await db.Set<Refund>().SingleOrDefaultAsync(r => r.Id == id, ct);
        return refund is null ? new RefundNotFound()
            : await branches.IsSameOrSuperior(request.Caller.BranchId, refund.BranchId, ct) ? refund
            : new RefundOfOtherBranch();
    }

    /// <summary>A refund that may go to this state; a refusal where its own does not allow it.</summary>
    public async Task<Outcome<Refund>> Find(string serialNumber, RefundState next, CancellationToken ct)
    {
        var found = await Find(serialNumber, ct);
        return found.Refusal is null && !RefundStates.Next[found.Value.State].Contains(next)
            ? new RefundStateForbids(found.Value.State)
            : found;
    }

    /// <summary>A transaction that ends the refund; its state is set already.</summary>
    public async Task<Booking<RefundView>> End(
        Refund refund,
        TransactionType type,
        Actor actor,
        string action,
        string? remark,
        CancellationToken ct
    )
    {
        var id = Ids.Next();
        refund.EndedById = id;
        var view = await RefundViews.Read(db, refund, ct);
        return new Booking<RefundView>(id, actor, new AuditNote(action, $"refund:{refund.Id}", new { refund.State }), _ => Answer.Ok(view))
            .WithHead(
                new Transaction(id, type, actor)
                {
                    CustomerId = refund.CustomerId,
                    CardId = refund.CardId,
                    Amount = refund.Amount,
                    PaymentMethod = refund.Way.Method()?.ToString(),
                    ReferenceNumber = refund.ReferenceNumber,
                    Remark = remark,
                    CorrectsId = type == RefundTransactions.Cancelled ? refund.Id : null,
                }
            )
            .Update(refund);
    }

    /// <summary>The recharges hold again what the refund took of them.</summary>
    public async Task GiveBack(Booking booking, Refund refund, CancellationToken ct)
    {
        var lines = await db.Set<RefundLine>().Where(l => l.RefundId == refund.Id).ToDictionaryAsync(l => l.RechargeId, l => l.Amount, ct);
        var ids = lines.Keys.ToArray();
        foreach (var row in await db.Set<RefundedRecharge>().Where(r => ids.Contains(r.RechargeId)).ToListAsync(ct))
        {
            row.Refunded = checked(row.Refunded - lines[row.RechargeId]);
            booking.Update(row);
        }
    }
}

/// <summary>What the routes that end refunds say alike.</summary>
internal static class RefundEndRoutes
{
    public static RouteHandlerBuilder EndsRefunds(this RouteHandlerBuilder route) =>
        route.Books<RefundView>(StatusCodes.Status200OK).ProducesRefusals<RefundNotFound, RefundOfOtherBranch, RefundStateForbids>();
}
