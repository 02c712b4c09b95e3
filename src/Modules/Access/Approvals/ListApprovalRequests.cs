using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Approvals;

namespace Access.Approvals;

/// <summary>Lists what waits for the approvers of the branch (PL-02.6).</summary>
internal static class ListApprovalRequests
{
    internal sealed record Query(PageRequest Page) : IQuery<Page<ApprovalRequestItem>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/approval-requests",
                    (int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListApprovalRequests))
                .WithSummary("List approval requests")
                .WithDescription(
                    "Undecided approval requests of other operators of your branch, oldest first. `mayDecide` is false if the request "
                        + "concerns rights that you do not have."
                )
                .RequireRight(AccessRights.Approve)
                .Reads<Page<ApprovalRequestItem>>()
                .ProducesRefusals<PageInvalid>();
    }

    internal sealed class Handler(AppDb db, RequestContext request, TimeProvider clock) : QueryHandler<Query, Page<ApprovalRequestItem>>
    {
        protected override async Task<Outcome<Page<ApprovalRequestItem>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var (caller, now, after) = (request.Caller, clock.GetUtcNow().UtcDateTime, query.Page.AfterId);
            var (branchId, own) = (caller.BranchId, caller.OperatorId);
            var waiting = db.Set<ApprovalRequest>()
                .Where(r => r.BranchId == branchId && r.ExpiresAt > now && r.State == ApprovalRequestState.Waiting)
                .Where(r => r.RequesterId != own && r.Id > after);
            return await query.Page.Read(AskedApproval.Of(db, waiting), a => a.Request.Id, a => a.Item(caller, now), ct);
        }
    }
}
