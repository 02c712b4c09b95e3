using Access.SigningIn;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Access.Branches;

/// <summary>The editable fields of a branch.</summary>
/// <param name="Name">1 to 60 characters. <example>成都第一营业厅</example></param>
/// <param name="Active">False closes the branch. Its operators cannot sign in, and their sessions end immediately.</param>
/// <param name="Networks">Networks from which the branch's operators can sign in, at most 40 CIDRs. An empty list allows every network.
/// Null leaves the networks unchanged. <example>["10.1.0.0/16"]</example></param>
public sealed record EditBranchRequest(string Name, bool Active, IReadOnlyList<string>? Networks = null);

/// <summary>Renames, closes or opens a branch again (PL-01.10). Code and place stay for good: money was booked under them.</summary>
internal static class EditBranch
{
    internal sealed record Command(long Id, string? IfMatch, EditBranchRequest Body) : IChangeCommand<BranchItem>;

    public sealed record BranchInUse()
        : Refusal(
            "branch-in-use",
            409,
            "Your own branch, or a branch with open branches below it, cannot be closed.",
            "不能停用本网点或仍有下级网点的网点。"
        );

    /// <summary>The caller would have signed in for the last time.</summary>
    public sealed record NetworksExcludeYou()
        : Refusal(
            "networks-exclude-you",
            409,
            "The networks of your own branch must include your current address.",
            "本网点的网段须包含您当前的地址。"
        );

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPut(
                    "/branches/{id:long}",
                    (long id, [FromHeader(Name = "If-Match")] string? ifMatch, EditBranchRequest body, Sender send, CancellationToken ct) =>
                        send.Change(new Command(id, ifMatch, body), ct)
                )
                .WithName(nameof(EditBranch))
                .WithSummary("Edit a branch")
                .WithDescription("If-Match carries the ETag that was read.")
                .RequireRight(AccessRights.Administer)
                .Changes<BranchItem>()
                .Refuses(
                    typeof(NotFound),
                    typeof(BranchOutOfReach),
                    typeof(PreconditionRequired),
                    typeof(PreconditionFailed),
                    typeof(BranchInUse),
                    typeof(NetworksExcludeYou)
                );
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Name).NotEmpty().MaximumLength(Branch.NameLength);
            RuleFor(c => c.Body.Networks).ListOfNetworks();
        }
    }

    internal sealed class Handler(AppDb db, BranchScope scope, Passwords passwords, RequestContext request)
        : BookingHandler<Command, BranchItem>
    {
        protected override async Task<Outcome<Booking<BranchItem>>> Decide(Command command, CancellationToken ct)
        {
            if (await db.Set<Branch>().SingleOrDefaultAsync(b => b.Id == command.Id, ct) is not { } branch)
            {
                return new NotFound("branch");
            }

            if (!await scope.Reaches(branch.Id, ct))
            {
                return new BranchOutOfReach();
            }

            if (EntityTag.Check(command.IfMatch, branch.Version) is { } refusal)
            {
                return refusal;
            }

            if (!command.Body.Active && await IsInUse(branch.Id, ct))
            {
                return new BranchInUse();
            }

            var networks = command.Body.Networks is { } given ? BranchNetworks.Join(given) : branch.Networks;
            if (branch.Id == request.Caller.BranchId && !BranchNetworks.Admit(networks, passwords.Address))
            {
                return new NetworksExcludeYou();
            }

            (branch.Name, branch.Active, branch.Networks) = (command.Body.Name, command.Body.Active, networks);
            return new Booking<BranchItem>(
                Ids.Next(),
                request.Actor,
                new AuditNote("edit-branch", $"branch:{branch.Id}", new { branch.Active, branch.Networks }),
                _ => Answer.Ok(BranchItem.Of(branch))
            ).Update(branch);
        }

        private async Task<bool> IsInUse(long id, CancellationToken ct) =>
            id == request.Caller.BranchId || await db.Set<Branch>().AnyAsync(b => b.ParentId == id && b.Active, ct);
    }
}
