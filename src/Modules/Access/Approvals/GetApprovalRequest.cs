using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Access.Approvals;

/// <summary>
/// Shows what is to be approved in words, before the approver gives a password at the requester's desk; and gives the requester the token of an
/// approval that was given elsewhere (PL-02.6).
/// </summary>
internal static class GetApprovalRequest
{
    internal sealed record Query(long Id) : IQuery<ApprovalRequestItem>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/approval-requests/{id:long}", (long id, Sender send, CancellationToken ct) => send.Query(new Query(id), ct))
                .WithName(nameof(GetApprovalRequest))
                .WithSummary("Get an approval request")
                .WithDescription(
                    "For the requester and for approvers of the branch. Show `words` and `facts` to the approver before "
                        + "asking for the password. "
                        + "After an approval at another desk, the requester gets `approvalToken` here. The request is available "
                        + "for an hour."
                )
                .AllowSignedIn()
                .Reads<ApprovalRequestItem>()
                .ProducesRefusals<NotFound>();
    }

    internal sealed class Handler(AppDb db, RequestContext request, TimeProvider clock) : QueryHandler<Query, ApprovalRequestItem>
    {
        protected override async Task<Outcome<ApprovalRequestItem>> Read(Query query, CancellationToken ct)
        {
            var caller = request.Caller;
            var found = await AskedApproval.Find(db, query.Id, ct);
            var shown =
                found is not null
                && (
                    found.Request.RequesterId == caller.OperatorId
                    || (found.Request.BranchId == caller.BranchId && caller.Has(AccessRights.Approve))
                );
            return shown ? found!.Item(caller, clock.GetUtcNow().UtcDateTime) : new NotFound("approval request");
        }
    }
}
