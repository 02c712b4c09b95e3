using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;

namespace Access.Roles;

/// <summary>A role's new name and rights.</summary>
/// <param name="Name">1 to 40 characters, unique at the branch. <example>柜员</example></param>
/// <param name="Rights">Names of rights, at most 200. They replace all current rights.</param>
public sealed record EditRoleRequest(string Name, IReadOnlyList<string> Rights);

/// <summary>Edits a role; it works at once, for every session on every instance (PL-01.8, PL-01.10).</summary>
internal static class EditRole
{
    internal sealed record Command(long Id, string? IfMatch, EditRoleRequest Body) : IChangeCommand<RoleItem>;

    public sealed record RoleFixed()
        : Refusal("role-fixed", 409, "The role with all rights cannot be edited.", "拥有全部权限的角色不可修改。");

    public sealed record OwnRole() : Refusal("own-role", 403, "You cannot edit a role that you hold.", "不能修改本人所属的角色。");

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPut(
                    "/roles/{id:long}",
                    (long id, [FromHeader(Name = "If-Match")] string? ifMatch, EditRoleRequest body, Sender send, CancellationToken ct) =>
                        send.Change(new Command(id, ifMatch, body), ct)
                )
                .WithName(nameof(EditRole))
                .WithSummary("Edit a role")
                .WithDescription(
                    "The change takes effect immediately for all holders. If-Match carries the ETag that was read. You must have all old "
                        + "and new rights of the role. Another administrator must approve new rights to move money or to approve, and "
                        + "removal of the right to administer (action `edit-role`)."
                )
                .RequireRight(AccessRights.Administer)
                .Changes<RoleItem>()
                .Refuses(
                    typeof(NotFound),
                    typeof(BranchOutOfReach),
                    typeof(PreconditionRequired),
                    typeof(PreconditionFailed),
                    typeof(RoleNameTaken),
                    typeof(RightUnknown),
                    typeof(RoleFixed),
                    typeof(OwnRole),
                    typeof(RightNotYours)
                )
                .TakesApproval();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Name).NotEmpty().MaximumLength(Role.NameLength);
            RuleFor(c => c.Body.Rights).ListOfRights();
        }
    }

    internal sealed class Handler(
        AppDb db,
        BranchTree tree,
        BranchScope scope,
        AdministratorRules rules,
        RequestContext request,
        IReadOnlyList<Right> rights
    ) : BookingHandler<Command, RoleItem>
    {
        protected override async Task<Outcome<Booking<RoleItem>>> Decide(Command command, CancellationToken ct)
        {
            if (await db.Set<Role>().SingleOrDefaultAsync(r => r.Id == command.Id, ct) is not { } role)
            {
                return new NotFound("role");
            }

            if (await Refuse(role, command, ct) is { } refusal)
            {
                return refusal;
            }

            var code = (await tree.Get(role.BranchId, ct)).Code;
            var leave = await Leave(role, code, command.Body.Rights, ct);
            if (leave.Refusal is { } unapproved)
            {
                return unapproved;
            }

            (role.Name, role.RightNames) = (command.Body.Name, RightNames.Join(command.Body.Rights));
            return new Booking<RoleItem>(
                Ids.Next(),
                leave.Value.Actor,
                new AuditNote("edit-role", $"role:{role.Id}", new { Rights = RightNames.Short(role), leave.Value.OnlyAdministrator }),
                _ => Answer.Ok(RoleItem.Of(role, code))
            )
                .Update(role)
                .IfDuplicate(Role.NameIndex, new RoleNameTaken());
        }

        private async Task<Outcome<AdministratorLeave>> Leave(Role role, string code, IReadOnlyList<string> after, CancellationToken ct)
        {
            var name = AccessRights.Administer.Name;
            var about = new ApprovalSubject { Facts = [AdministratorActions.Role(role.Name, code), rules.Words(after)] };
            return await rules.Leave(
                AdministratorActions.EditRole,
                [.. after.Except(role.Rights)],
                about,
                ct,
                always: role.Rights.Contains(name) && !after.Contains(name)
            );
        }

        private async Task<Refusal?> Refuse(Role role, Command command, CancellationToken ct)
        {
            if (!await scope.Reaches(role.BranchId, ct))
            {
                return new BranchOutOfReach();
            }

            if (role.AllRights)
            {
                return new RoleFixed();
            }

            // Who edits the role he has gives himself what nobody gave him.
            var own = await db.Set<OperatorRole>().AnyAsync(r => r.RoleId == role.Id && r.OperatorId == request.Caller.OperatorId, ct);
            return own
                ? new OwnRole()
                : EntityTag.Check(command.IfMatch, role.Version)
                    ?? RightNames.FindUnknown(command.Body.Rights, rights)
                    ?? (Refusal?)rules.Lacks(role.Rights.Concat(command.Body.Rights));
        }
    }
}
