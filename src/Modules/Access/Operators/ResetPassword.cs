using Access.SigningIn;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Approvals;

namespace Access.Operators;

/// <summary>A new password set by an administrator.</summary>
/// <param name="FirstPassword">8 to 12 characters, at least one digit and one letter; must be changed before signing in.
/// <example>First2026</example></param>
public sealed record ResetPasswordRequest(string FirstPassword);

/// <summary>Sets a new first password, opens the lock, ends all sessions (PL-01.10).</summary>
internal static class ResetPassword
{
    internal sealed record Command(long Id, ResetPasswordRequest Body) : IChangeCommand<OperatorDetail>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/operators/{id:long}/password-resets",
                    (long id, ResetPasswordRequest body, Sender send, CancellationToken ct) => send.Change(new Command(id, body), ct)
                )
                .WithName(nameof(ResetPassword))
                .WithSummary("Reset an operator's password")
                .WithDescription(
                    "The new password can only be used to set another one, and expires after some days. The reset removes a lock and "
                        + "ends all sessions. If the operator has rights to move money or to approve, another administrator must approve "
                        + "it (action `reset-password`)."
                )
                .RequireRight(AccessRights.Administer)
                .Changes<OperatorDetail>()
                .TakesApproval()
                .Refuses(typeof(NotFound), typeof(BranchOutOfReach), typeof(OwnAccount), typeof(RightNotYours))
                .Refuses(typeof(PasswordTooCommon), typeof(SignInBusy));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Id).GreaterThan(0);
            RuleFor(c => c.Body.FirstPassword).NewPassword();
        }
    }

    internal sealed class Handler(
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
            var found = await operators.FindOther(command.Id, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var (record, caller) = (found.Value, request.Caller);
            var person = record.Operator;
            if (CommonPasswords.IsTooEasy(command.Body.FirstPassword, person.Login, record.BranchCode))
            {
                return new PasswordTooCommon();
            }

            var held = await rules.RightsOf(person.Id, ct);
            var about = new ApprovalSubject
            {
                Facts = [AdministratorActions.Operator(person.Name, person.Login, record.BranchCode), rules.Words(held)],
            };
            var leave = await rules.Leave(AdministratorActions.ResetPassword, held, about, ct);
            if (leave.Refusal is { } unapproved)
            {
                return unapproved;
            }

            var hash = await gate.Run(() => hashes.Hash(command.Body.FirstPassword), ct);
            if (hash.Refusal is { } busy)
            {
                return busy;
            }

            record.Credential.Replace(hash.Value, clock.GetUtcNow().UtcDateTime, mustChange: true);
            var note = new AuditNote("reset-password", $"operator:{command.Id}", new { leave.Value.OnlyAdministrator });
            return new Booking<OperatorDetail>(Ids.Next(), leave.Value.Actor, note, _ => Answer.Ok(record.Detail(caller))).Update(
                record.Credential
            );
        }
    }
}
