using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Approvals;

namespace Access.Approvals;

/// <summary>A refusal of an approval request.</summary>
/// <param name="Reason">1 to 200 characters; the requester reads it. <example>The customer must be present.</example></param>
public sealed record RefuseApprovalRequest(string Reason);

/// <summary>An approver refuses at his own desk, with a reason that the requester reads (PL-02.6).</summary>
internal static class RefuseRequest
{
    internal sealed record Command(long Id, RefuseApprovalRequest Body) : IChangeCommand<ApprovalRequestItem>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/approval-requests/{id:long}/refusals",
                    (long id, RefuseApprovalRequest body, Sender send, CancellationToken ct) => send.Change(new Command(id, body), ct)
                )
                .WithName(nameof(RefuseRequest))
                .WithSummary("Refuse an approval request")
                .WithDescription("The request can no longer be approved. The requester sees the reason.")
                .RequireRight(AccessRights.Approve)
                .Changes<ApprovalRequestItem>(StatusCodes.Status201Created)
                .DecidesOnApproval();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Id).GreaterThan(0);
            RuleFor(c => c.Body.Reason).NotEmpty().PlainText(AppDb.DefaultTextLength);
        }
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

            var asked = found.Value.Request;
            (asked.State, asked.ApproverId, asked.DecidedAt, asked.Reason) = (
                ApprovalRequestState.Refused,
                request.Caller.OperatorId,
                now,
                command.Body.Reason
            );
            return ApprovalDecision.Booking(found.Value, request, "refuse-approval", clock);
        }
    }
}
