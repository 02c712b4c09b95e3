using System.Collections.Frozen;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Platform.Approvals;

namespace Access.Operators;

/// <summary>The editable fields of an operator.</summary>
/// <param name="Name">1 to 40 characters. <example>王芳</example></param>
/// <param name="Phone">5 to 20 digits and hyphens; null removes it. <example>13812345678</example></param>
/// <param name="RoleIds">At most 20 roles that serve the branch. They replace all current roles.</param>
/// <param name="Active">False deactivates the operator: sign-in is refused, and open sessions end immediately.</param>
public sealed record EditOperatorRequest(string Name, string? Phone, IReadOnlyList<string> RoleIds, bool Active);

/// <summary>Edits an operator; roles and deactivation work at once, on every instance (PL-01.8, PL-01.10).</summary>
internal static class EditOperator
{
    internal sealed record Command(long Id, string? IfMatch, EditOperatorRequest Body) : IChangeCommand<OperatorDetail>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPut(
                    "/operators/{id:long}",
                    (
                        long id,
                        [FromHeader(Name = "If-Match")] string? ifMatch,
                        EditOperatorRequest body,
                        Sender send,
                        CancellationToken ct
                    ) => send.Change(new Command(id, ifMatch, body), ct)
                )
                .WithName(nameof(EditOperator))
                .WithSummary("Edit an operator")
                .WithDescription(
                    "Role changes and deactivation take effect immediately. If-Match carries the ETag that was read. Another "
                        + "administrator must approve new rights to move money or to approve, and reactivation of an operator with such "
                        + "rights. The same applies to removal of the right to administer (action `edit-operator`)."
                )
                .RequireRight(AccessRights.Administer)
                .Changes<OperatorDetail>()
                .Refuses(
                    typeof(NotFound),
                    typeof(BranchOutOfReach),
                    typeof(OwnAccount),
                    typeof(PreconditionRequired),
                    typeof(PreconditionFailed),
                    typeof(RoleUnknown),
                    typeof(RoleNotYours),
                    typeof(RightNotYours)
                )
                .TakesApproval();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Name).PersonName();
            RuleFor(c => c.Body.Phone).Phone();
            RuleFor(c => c.Body.RoleIds).RoleIds();
        }
    }

    internal sealed class Handler(OperatorRecords operators, AdministratorRules rules, RequestContext request)
        : BookingHandler<Command, OperatorDetail>
    {
        protected override async Task<Outcome<Booking<OperatorDetail>>> Decide(Command command, CancellationToken ct)
        {
            var found = await operators.FindOther(command.Id, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var (person, old) = (found.Value.Operator, found.Value.RoleIds);
            if (EntityTag.Check(command.IfMatch, person.Version) is { } stale)
            {
                return stale;
            }

            var roles = IdText.ParseAll(command.Body.RoleIds);
            var given = await operators.RightsToGive([.. roles.Except(old)], person.BranchId, ct);
            if (given.Refusal is { } noRole)
            {
                return noRole;
            }

            var leave = await Leave(found.Value, roles, given.Value, command.Body.Active && !person.Active, ct);
            if (leave.Refusal is { } unapproved)
            {
                return unapproved;
            }

            (person.Name, person.Phone, person.Active) = (command.Body.Name, command.Body.Phone, command.Body.Active);
            return Book(found.Value with { RoleIds = roles }, old, leave.Value);
        }

        /// <summary>
        /// Only what the operator gains needs a second administrator, and the loss of the right to administer: who could take it away alone would be
        /// the only administrator soon.
        /// </summary>
        private async Task<Outcome<AdministratorLeave>> Leave(
            OperatorRecord before,
            IReadOnlyList<long> roles,
            FrozenSet<string> given,
            bool activated,
            CancellationToken ct
        )
        {
            var held = await rules.RightsOf(before.Operator.Id, ct);
            var kept = await operators.RightsOf([.. roles.Intersect(before.RoleIds)], ct);
            var after = kept.Union(given).ToFrozenSet(StringComparer.Ordinal);
            var gained = activated ? after : [.. after.Except(held)];
            var name = AccessRights.Administer.Name;
            var about = new ApprovalSubject
            {
                Facts = [AdministratorActions.Operator(before.Operator.Name, before.Operator.Login, before.BranchCode), rules.Words(after)],
            };
            return await rules.Leave(
                AdministratorActions.EditOperator,
                gained,
                about,
                ct,
                always: held.Contains(name) && !after.Contains(name)
            );
        }

        private Booking<OperatorDetail> Book(OperatorRecord changed, IReadOnlyList<long> oldRoles, AdministratorLeave leave)
        {
            var (id, caller) = (changed.Operator.Id, request.Caller);
            var detail = new
            {
                changed.Operator.Active,
                Roles = changed.RoleIds,
                leave.OnlyAdministrator,
            };
            var note = new AuditNote("edit-operator", $"operator:{id}", detail);
            var booking = new Booking<OperatorDetail>(Ids.Next(), leave.Actor, note, _ => Answer.Ok(changed.Detail(caller))).Update(
                changed.Operator
            );
            foreach (var gone in oldRoles.Except(changed.RoleIds))
            {
                booking.Delete(new OperatorRole { OperatorId = id, RoleId = gone });
            }

            foreach (var added in changed.RoleIds.Except(oldRoles))
            {
                booking.Insert(new OperatorRole { OperatorId = id, RoleId = added });
            }

            return booking;
        }
    }
}
