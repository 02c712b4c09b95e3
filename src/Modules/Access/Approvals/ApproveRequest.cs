using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Approvals;

namespace Access.Approvals;

/// <summary>An approver approves at his own desk, under his own session (PL-02.6).</summary>
internal static class ApproveRequest
{
    internal sealed record Command(long Id) : IChangeCommand<ApprovalRequestItem>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/approval-requests/{id:long}/approvals",
                    (long id, Sender send, CancellationToken ct) => send.Change(new Command(id), ct)
                )
                .WithName(nameof(ApproveRequest))
                .WithSummary("Approve a request at your own desk")
                .WithDescription(
                    "The requester's front end gets the token with `GET /v1/approval-requests/{id}`. The token is valid for two minutes."
                )
                .RequireRight(AccessRights.Approve)
                .Changes<ApprovalRequestItem>(StatusCodes.Status201Created)
                .DecidesOnApproval();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Id).GreaterThan(0);
    }

    internal sealed class Handler(AppDb db, RequestContext request, TimeProvider clock) : BookingHandler<Command, ApprovalRequestItem>
    {
        protected override async Task<Outcome<Booking<ApprovalRequestItem>>> Decide(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var found = await ApprovalDecision.Find(db, command.Id, request.Caller, now, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var asked = found.Value;
            var (approval, token) = ApprovalDecision.Grant(asked.Request, request.Caller.OperatorId, now);
            (asked.Request.Token, asked.Request.TokenExpiresAt) = (token, approval.ExpiresAt);
            return ApprovalDecision.Booking(asked, request, "grant-approval", clock).Insert(approval);
        }
    }
}

/// <summary>What granting and refusing at the approver's own desk do alike.</summary>
internal static class ApprovalDecision
{
    public static RouteHandlerBuilder DecidesOnApproval(this RouteHandlerBuilder route) =>
        route.Refuses(
            typeof(NotFound),
            typeof(ApprovalRequestDecided),
            typeof(ApprovalRequestExpired),
            typeof(OwnApproval),
            typeof(ApproverRightMissing)
        );

    /// <summary>The request, if this operator may decide on it now.</summary>
    public static async Task<Outcome<AskedApproval>> Find(AppDb db, long id, Caller caller, DateTime now, CancellationToken ct)
    {
        var found = await AskedApproval.Find(db, id, ct);
        return found is null || found.Request.BranchId != caller.BranchId ? new NotFound("approval request")
            : found.Request.RequesterId == caller.OperatorId ? new OwnApproval()
            : !found.MayBeDecidedBy(caller) ? new ApproverRightMissing()
            : found.RefuseNow(now) is { } over ? over
            : found;
    }

    /// <summary>Marks the request as granted; the approval to be written with it, and its token.</summary>
    public static (Approval Approval, string Token) Grant(ApprovalRequest asked, long approverId, DateTime now)
    {
        var token = Secrets.NewToken();
        (asked.State, asked.ApproverId, asked.DecidedAt) = (ApprovalRequestState.Granted, approverId, now);
        var approval = new Approval
        {
            Id = Ids.Next(),
            TokenHash = Secrets.Hash(token),
            Action = asked.Action,
            Digest = asked.Digest,
            BranchId = asked.BranchId,
            RequesterId = asked.RequesterId,
            ApproverId = approverId,
            ExpiresAt = now + Approval.GoodFor,
        };
        return (approval, token);
    }

    public static Booking<ApprovalRequestItem> Booking(AskedApproval asked, RequestContext request, string action, TimeProvider clock)
    {
        var (row, caller) = (asked.Request, request.Caller);
        var note = new AuditNote(
            action,
            $"approval-request:{IdText.Of(row.Id)}",
            new { row.Action, Requester = IdText.Of(row.RequesterId) }
        );
        return new Booking<ApprovalRequestItem>(
            Ids.Next(),
            request.Actor,
            note,
            _ => Answer.Created($"/v1/approval-requests/{IdText.Of(row.Id)}", Shown(asked, caller, clock.GetUtcNow().UtcDateTime))
        ).Update(row);
    }

    private static ApprovalRequestItem Shown(AskedApproval asked, Caller caller, DateTime now) =>
        asked.Item(caller, now) with
        {
            ApproverLogin = caller.Login,
            ApproverName = caller.Name,
        };
}
