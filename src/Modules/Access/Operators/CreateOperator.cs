using Access.SigningIn;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Approvals;

namespace Access.Operators;

/// <summary>A new operator.</summary>
/// <param name="BranchCode">The operator's branch: your own branch or one below it. <example>10000000</example></param>
/// <param name="Login">1 to 32 letters, digits, dots, underscores or hyphens; unique at the branch. Case-insensitive.
/// <example>wang</example></param>
/// <param name="Name">1 to 40 characters. <example>王芳</example></param>
/// <param name="Phone">5 to 20 digits and hyphens; optional. <example>13812345678</example></param>
/// <param name="RoleIds">At most 20 roles that serve the branch.</param>
/// <param name="FirstPassword">8 to 12 characters, at least one digit and one letter; must be changed before signing in.
/// <example>First2026</example></param>
public sealed record CreateOperatorRequest(
    string BranchCode,
    string Login,
    string Name,
    string? Phone,
    IReadOnlyList<string> RoleIds,
    string FirstPassword
);

/// <summary>Creates an operator with a first password that must be changed (PL-01.10).</summary>
internal static class CreateOperator
{
    internal sealed record Command(CreateOperatorRequest Body) : IChangeCommand<OperatorDetail>;

    public sealed record LoginTaken() : Refusal("login-taken", 409, "The branch already has this login.", "该网点已有此登录名。");

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost("/operators", (CreateOperatorRequest body, Sender send, CancellationToken ct) => send.Change(new Command(body), ct))
                .WithName(nameof(CreateOperator))
                .WithSummary("Create an operator")
                .WithDescription(
                    "The initial password can only be used to set a new one, and expires after some days. You can grant only rights that "
                        + "you have. Rights to move money or to approve need another administrator's approval (action `create-operator`)."
                )
                .RequireRight(AccessRights.Administer)
                .Changes<OperatorDetail>(StatusCodes.Status201Created)
                .TakesApproval()
                .Refuses(typeof(NotFound), typeof(BranchOutOfReach), typeof(LoginTaken), typeof(RoleUnknown), typeof(RoleNotYours))
                .Refuses(typeof(RightNotYours), typeof(PasswordTooCommon), typeof(SignInBusy));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.BranchCode).BranchCode();
            RuleFor(c => c.Body.Login).NewLogin();
            RuleFor(c => c.Body.Name).PersonName();
            RuleFor(c => c.Body.Phone).Phone();
            RuleFor(c => c.Body.RoleIds).RoleIds();
            RuleFor(c => c.Body.FirstPassword).NewPassword();
        }
    }

    internal sealed class Handler(
        BranchScope scope,
        OperatorRecords operators,
        AdministratorRules rules,
        PasswordHashes hashes,
        HashingGate gate,
        RequestContext request,
        TimeProvider clock
    ) : BookingHandler<Command, OperatorDetail>
    {
        protected override async Task<Outcome<Booking<OperatorDetail>>> Decide(Command command, CancellationToken ct)
        {
            var body = command.Body;
            var found = await scope.Find(body.BranchCode, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var roles = IdText.ParseAll(body.RoleIds);
            var given = await operators.RightsToGive(roles, found.Value.Id, ct);
            if (given.Refusal is { } noRole)
            {
                return noRole;
            }

            if (CommonPasswords.IsTooEasy(body.FirstPassword, body.Login, body.BranchCode))
            {
                return new PasswordTooCommon();
            }

            var about = new ApprovalSubject
            {
                Facts = [AdministratorActions.Operator(body.Name, body.Login, body.BranchCode), rules.Words(given.Value)],
            };
            var leave = await rules.Leave(AdministratorActions.CreateOperator, given.Value, about, ct);
            if (leave.Refusal is { } unapproved)
            {
                return unapproved;
            }

            var hash = await gate.Run(() => hashes.Hash(body.FirstPassword), ct);
            return hash.Refusal is { } busy ? busy : Book(body, found.Value, roles, hash.Value, leave.Value);
        }

        private Booking<OperatorDetail> Book(
            CreateOperatorRequest body,
            BranchPlace branch,
            IReadOnlyList<long> roles,
            string hash,
            AdministratorLeave leave
        )
        {
            var id = Ids.Next();
            var person = new Operator
            {
                Id = id,
                BranchId = branch.Id,
                Login = Operator.Normalized(body.Login),
                Name = body.Name,
                Phone = body.Phone,
            };
            var credential = new Credential
            {
                OperatorId = id,
                Hash = hash,
                ChangedAt = clock.GetUtcNow().UtcDateTime,
                MustChange = true,
            };
            var caller = request.Caller;
            var booking = new Booking<OperatorDetail>(
                id,
                leave.Actor,
                new AuditNote("create-operator", $"operator:{id}", new { Roles = roles, leave.OnlyAdministrator }),
                _ => Answer.Created($"/v1/operators/{id}", OperatorDetail.Of(person, credential, branch.Code, roles, caller))
            )
                .Insert(person)
                .Insert(credential)
                .IfDuplicate(Operator.LoginIndex, new LoginTaken());
            foreach (var role in roles)
            {
                booking.Insert(new OperatorRole { OperatorId = id, RoleId = role });
            }

            return booking;
        }
    }
}
