using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Approvals;

namespace Access.Roles;

/// <summary>A new role.</summary>
/// <param name="BranchCode">Your own branch or one below it. The role serves this branch and those below it.
/// <example>10000000</example></param>
/// <param name="Name">1 to 40 characters, unique at the branch. <example>柜员</example></param>
/// <param name="Rights">Names of rights, at most 200.</param>
public sealed record CreateRoleRequest(string BranchCode, string Name, IReadOnlyList<string> Rights);

/// <summary>The branch already has a role of this name.</summary>
public sealed record RoleNameTaken()
    : Refusal("role-name-taken", 409, "The branch already has a role of this name.", "该网点已有同名角色。");

/// <param name="Name">The first name that is no right.</param>
public sealed record RightUnknown(string Name) : Refusal("right-unknown", 422, "There is no such right.", "权限不存在。");

/// <summary>Creates a role (PL-01.8, PL-01.10).</summary>
internal static class CreateRole
{
    internal sealed record Command(CreateRoleRequest Body) : IChangeCommand<RoleItem>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost("/roles", (CreateRoleRequest body, Sender send, CancellationToken ct) => send.Change(new Command(body), ct))
                .WithName(nameof(CreateRole))
                .WithSummary("Create a role")
                .WithDescription(
                    "A role serves its branch and the branches below it. It can contain only rights that you have. Rights to move money "
                        + "or to approve need another administrator's approval (action `create-role`)."
                )
                .RequireRight(AccessRights.Administer)
                .Changes<RoleItem>(StatusCodes.Status201Created)
                .TakesApproval()
                .Refuses(typeof(NotFound), typeof(BranchOutOfReach), typeof(RoleNameTaken), typeof(RightUnknown), typeof(RightNotYours));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.BranchCode).BranchCode();
            RuleFor(c => c.Body.Name).NotEmpty().MaximumLength(Role.NameLength);
            RuleFor(c => c.Body.Rights).ListOfRights();
        }
    }

    internal sealed class Handler(BranchScope scope, AdministratorRules rules, IReadOnlyList<Right> rights)
        : BookingHandler<Command, RoleItem>
    {
        protected override async Task<Outcome<Booking<RoleItem>>> Decide(Command command, CancellationToken ct)
        {
            var body = command.Body;
            var found = await scope.Find(body.BranchCode, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            if (RightNames.FindUnknown(body.Rights, rights) is { } unknown)
            {
                return unknown;
            }

            if (rules.Lacks(body.Rights) is { } lacking)
            {
                return lacking;
            }

            var about = new ApprovalSubject { Facts = [AdministratorActions.Role(body.Name, body.BranchCode), rules.Words(body.Rights)] };
            var leave = await rules.Leave(AdministratorActions.CreateRole, body.Rights, about, ct);
            if (leave.Refusal is { } unapproved)
            {
                return unapproved;
            }

            var id = Ids.Next();
            var role = new Role
            {
                Id = id,
                BranchId = found.Value.Id,
                Name = body.Name,
                RightNames = RightNames.Join(body.Rights),
            };
            return new Booking<RoleItem>(
                id,
                leave.Value.Actor,
                new AuditNote("create-role", $"role:{id}", new { Rights = RightNames.Short(role), leave.Value.OnlyAdministrator }),
                _ => Answer.Created($"/v1/roles/{id}", RoleItem.Of(role, found.Value.Code))
            )
                .Insert(role)
                .IfDuplicate(Role.NameIndex, new RoleNameTaken());
        }
    }
}

/// <summary>Lists of names of rights, as roles keep them.</summary>
internal static class RightNames
{
    private const int Most = 200;
    private const int NameLength = 60;

    public static void ListOfRights<T>(this IRuleBuilder<T, IReadOnlyList<string>> rule) =>
        rule.NotNull()
            .SetValidator(ListRules.Of<T, string>(0, Most))
            .Must(names => Join(names).Length <= Role.RightsLength)
            .WithErrorCode("too-many-rights")
            .ForEach(name => name.NotEmpty().MaximumLength(NameLength));

    public static string Join(IEnumerable<string> names) =>
        string.Join(' ', names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>As much of a role's rights as the audit trail takes.</summary>
    public static string Short(Role role) => role.RightNames.Length <= 1_500 ? role.RightNames : role.RightNames[..1_500] + "…";

    public static RightUnknown? FindUnknown(IReadOnlyList<string> names, IReadOnlyList<Right> rights) =>
        names.FirstOrDefault(n => !rights.Any(r => r.Name == n)) is { } unknown ? new RightUnknown(unknown) : null;
}
