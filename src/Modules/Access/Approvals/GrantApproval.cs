using Access.Roles;
using Access.SigningIn;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;

namespace Access.Approvals;

/// <summary>An approval by a second operator for one request of the signed-in operator.</summary>
/// <param name="ApprovalRequestId">The id from the problem approval-required. <example>126437891174400000</example></param>
/// <param name="Login">The approver's login, at the same branch. <example>li</example></param>
/// <param name="Password">The approver's password. <example>Li2026xxx</example></param>
public sealed record GrantApprovalRequest(string ApprovalRequestId, string Login, string Password);

/// <summary>An approval. It is valid once, for two minutes, for this request by this requester only.</summary>
/// <param name="ApprovalToken">The token for the header Approval-Token of the approved request.</param>
/// <param name="ExpiresAt">Two minutes from now.</param>
public sealed record ApprovalResponse(string ApprovalToken, DateTime ExpiresAt);

/// <summary>
/// Grants an approval when another operator of the branch gives login and password at the requester's desk (PL-02.2, PL-02.3); only for a request
/// that the platform has refused for want of an approval (PL-02.6).
/// </summary>
internal static class GrantApproval
{
    internal sealed record Command(GrantApprovalRequest Body) : IWorkCommand<ApprovalResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/approvals",
                    (GrantApprovalRequest body, Sender send, CancellationToken ct) =>
                        send.Work(new Command(body), r => Results.Json(r, Json.Options, statusCode: StatusCodes.Status201Created), ct)
                )
                .WithName(nameof(GrantApproval))
                .WithSummary("Approve a request at the requester's desk")
                .WithDescription(
                    "For a request that was answered `approval-required`. The approver is another operator of the requester's branch "
                        + "with the right `approve`. Show the approver `GET /v1/approval-requests/{id}` first. A wrong password "
                        + "counts towards the approver's lock."
                )
                .AllowOperators()
                .Produces<ApprovalResponse>(StatusCodes.Status201Created)
                .Refuses(
                    typeof(NotFound),
                    typeof(ApprovalRequestDecided),
                    typeof(ApprovalRequestExpired),
                    typeof(OwnApproval),
                    typeof(ApproverRefused),
                    typeof(ApproverPasswordExpired),
                    typeof(ApproverRightMissing)
                )
                .TriesPasswords();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.ApprovalRequestId).NotNull().IdText();
            RuleFor(c => c.Body.Login).Login();
            RuleFor(c => c.Body.Password).TypedPassword();
        }
    }

    internal sealed class Handler(AppDb db, Passwords passwords, RoleRights rights, RequestContext request, TimeProvider clock)
        : WorkHandler<Command, ApprovalResponse>
    {
        private const string Action = "grant-approval";

        protected override async Task<Outcome<ApprovalResponse>> Run(Command command, CancellationToken ct)
        {
            var (body, caller) = (command.Body, request.Caller);
            if (Operator.Normalized(body.Login) == caller.Login)
            {
                return new OwnApproval();
            }

            var asked = await AskedApproval.Find(db, IdText.Parse(body.ApprovalRequestId), ct);
            if (asked is null || asked.Request.RequesterId != caller.OperatorId)
            {
                return new NotFound("approval request");
            }

            if (asked.RefuseNow(clock.GetUtcNow().UtcDateTime) is { } over)
            {
                return over;
            }

            // Looked for at the requester's branch only: an approver of another branch is as unknown as any other wrong login.
            var checkedPassword = await passwords.Check(Action, "approver-refused", caller.BranchCode, body.Login, body.Password, ct);
            return checkedPassword.Refusal is { } notNow ? notNow
                : checkedPassword.Value is { Account: { } approver } tried ? await Grant(asked, approver, tried.ExpiresAt, ct)
                : new ApproverRefused(checkedPassword.Value.TriesLeft);
        }

        private async Task<Outcome<ApprovalResponse>> Grant(
            AskedApproval asked,
            OperatorAccount approver,
            DateTime expiresAt,
            CancellationToken ct
        )
        {
            var now = clock.GetUtcNow().UtcDateTime;
            if (await Refuse(asked.Request, approver, expiresAt, now, ct) is { } refusal)
            {
                var kept = await passwords.Accept(approver, db => Add(db, passwords.Audit(Action, approver, refusal.Code)), ct);
                return kept ? refusal : new ApproverRefused(null);
            }

            var (approval, token) = ApprovalDecision.Grant(asked.Request, approver.Operator.Id, now);
            var taken = false;
            var accepted = await passwords.Accept(
                approver,
                async db =>
                {
                    taken = await asked.Request.Grant(db, ct);
                    await Add(db, passwords.Audit(Action, approver, taken ? "done" : "approval-request-decided"));
                    if (taken)
                    {
                        await Add(db, approval);
                    }
                },
                ct
            );
            return !accepted ? new ApproverRefused(null)
                : !taken ? new ApprovalRequestDecided(ApprovalRequestState.Granted)
                : new ApprovalResponse(token, approval.ExpiresAt);
        }

        private async Task<Refusal?> Refuse(
            ApprovalRequest asked,
            OperatorAccount approver,
            DateTime expiresAt,
            DateTime now,
            CancellationToken ct
        )
        {
            if (expiresAt <= now)
            {
                return new ApproverPasswordExpired();
            }

            var held = await rights.OfOperator(db, approver.Operator.Id, ct);
            var may = held.Contains(AccessRights.Approve.Name) && asked.RightsOfApprover.All(held.Contains);
            return may ? null : new ApproverRightMissing();
        }

        private static Task Add(AppDb db, object row)
        {
            db.Add(row);
            return Task.CompletedTask;
        }
    }
}
