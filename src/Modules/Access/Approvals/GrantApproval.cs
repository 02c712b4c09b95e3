using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform;

namespace Access;

/// <summary>A second operator approves one request of the signed-in one.</summary>
/// <param name="Digest">From the problem approval-required: 64 hex digits.
/// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example></param>
/// <param name="Action">From the problem approval-required; at most 60 characters. <example>parameter-change</example></param>
/// <param name="Login">The approver's login, at the same branch. <example>li</example></param>
/// <param name="Password">The approver's password. <example>Li2026xxx</example></param>
public sealed record ApprovalRequest(string Digest, string Action, string Login, string Password);

/// <summary>An approval, good once, for two minutes, for exactly that request by exactly that requester.</summary>
/// <param name="ApprovalToken">For the header Approval-Token of the request that was approved.</param>
/// <param name="ExpiresAt">Two minutes from now.</param>
public sealed record ApprovalResponse(string ApprovalToken, DateTime ExpiresAt);

/// <summary>Grants an approval when another operator of the branch gives login and password (PL-02.2, PL-02.3).</summary>
internal static class GrantApproval
{
    internal sealed record Command(ApprovalRequest Body) : ISignInCommand<ApprovalResponse>;

    public sealed record OwnApproval()
        : Refusal("own-approval", 403, "Somebody else must approve what you ask for.", "不能复核本人发起的业务。");

    /// <param name="TriesLeft">As with signing in.</param>
    public sealed record ApproverRefused(int? TriesLeft)
        : Refusal(
            "approver-refused",
            403,
            "The approver's login or password is wrong, or the password is locked.",
            "复核人登录名或密码错误,或密码已被锁定。"
        );

    public sealed record ApproverPasswordExpired()
        : Refusal(
            "approver-password-expired",
            403,
            "The approver's password has expired; it must be changed first.",
            "复核人密码已过期,请先修改密码。"
        );

    public sealed record ApproverRightMissing()
        : Refusal("approver-right-missing", 403, "This operator may not approve.", "该操作员没有复核权限。");

    internal sealed class Endpoint : IEndpointModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/approvals",
                    (ApprovalRequest body, Sender send, CancellationToken ct) =>
                        send.SignIn(new Command(body), r => Results.Json(r, Json.Options, statusCode: StatusCodes.Status201Created), ct)
                )
                .WithName(nameof(GrantApproval))
                .WithSummary("Approve a request")
                .WithDescription(
                    "The approver is another operator of the requester's branch with the right `approve`. A wrong password counts towards the approver's lock."
                )
                .AllowSignedIn()
                .Produces<ApprovalResponse>(StatusCodes.Status201Created)
                .Refuses(
                    typeof(OwnApproval),
                    typeof(ApproverRefused),
                    typeof(ApproverPasswordExpired),
                    typeof(ApproverRightMissing),
                    typeof(TooManyRequests),
                    typeof(ValidationFailed)
                );
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Digest).Matches("^[0-9a-f]{64}$");
            RuleFor(c => c.Body.Action).Matches("^[a-z][a-z0-9-]{0,59}$");
            RuleFor(c => c.Body.Login).Login();
            RuleFor(c => c.Body.Password).TypedPassword();
        }
    }

    internal sealed class Handler(
        AppDb db,
        Passwords passwords,
        RoleRights rights,
        RequestContext request,
        SignInLimit limit,
        TimeProvider clock
    ) : SignInHandler<Command, ApprovalResponse>
    {
        private const string Action = "grant-approval";

        protected override async Task<Outcome<ApprovalResponse>> Run(Command command, CancellationToken ct)
        {
            var (body, caller) = (command.Body, request.Caller);
            if (Operator.Normalized(body.Login) == caller.Login)
            {
                return new OwnApproval();
            }

            if (limit.Count(caller.BranchCode, body.Login) is { } tooMany)
            {
                return tooMany;
            }

            // Looked for at the requester's branch only: an approver of another branch is as unknown as any other wrong login.
            var tried = await passwords.Check(Action, "approver-refused", caller.BranchCode, body.Login, body.Password, ct);
            if (tried.Account is not { } approver)
            {
                return new ApproverRefused(tried.TriesLeft);
            }

            var now = clock.GetUtcNow().UtcDateTime;
            var refusal = await Refuse(approver, tried.ExpiresAt, now, ct);
            var (approval, token) = New(body, approver, now);
            var audit = passwords.Audit(Action, approver, refusal?.Code ?? "done");
            if (!await passwords.Accept(approver, refusal is null ? [approval, audit] : [audit], ct))
            {
                return new ApproverRefused(null);
            }

            return refusal is null ? new ApprovalResponse(token, approval.ExpiresAt) : refusal;
        }

        private async Task<Refusal?> Refuse(Account approver, DateTime expiresAt, DateTime now, CancellationToken ct) =>
            expiresAt <= now ? new ApproverPasswordExpired()
            : (await rights.OfOperator(db, approver.Operator.Id, ct)).Contains(AccessRights.Approve.Name) ? null
            : new ApproverRightMissing();

        private (Approval Approval, string Token) New(ApprovalRequest body, Account approver, DateTime now)
        {
            var token = Secrets.NewToken();
            var approval = new Approval
            {
                Id = Ids.Next(),
                TokenHash = Secrets.Hash(token),
                Action = body.Action,
                Digest = Convert.FromHexString(body.Digest),
                BranchId = request.Caller.BranchId,
                RequesterId = request.Caller.OperatorId,
                ApproverId = approver.Operator.Id,
                ExpiresAt = now + Approval.GoodFor,
            };
            return (approval, token);
        }
    }
}
