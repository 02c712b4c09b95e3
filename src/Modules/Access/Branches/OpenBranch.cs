using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Access.Branches;

/// <summary>A new branch.</summary>
/// <param name="Code">8 digits, unique. It never changes. <example>51010001</example></param>
/// <param name="Name">1 to 60 characters. <example>成都第一营业厅</example></param>
/// <param name="ParentCode">The parent branch: your own branch or one below it. It never changes. <example>10000000</example></param>
/// <param name="Level">The branch's level; it must be below the parent's level.</param>
/// <param name="Networks">Networks from which the branch's operators can sign in, at most 40 CIDRs. An empty list or null allows every
/// network.
/// <example>["10.1.0.0/16"]</example></param>
public sealed record OpenBranchRequest(
    string Code,
    string Name,
    string ParentCode,
    BranchLevel Level,
    IReadOnlyList<string>? Networks = null
);

/// <summary>Opens a branch below another, with today as its business date (PL-01.9, PL-01.10).</summary>
internal static class OpenBranch
{
    internal sealed record Command(OpenBranchRequest Body) : IChangeCommand<BranchItem>;

    public sealed record BranchCodeTaken() : Refusal("branch-code-taken", 409, "Another branch has this code.", "该网点代码已被使用。");

    public sealed record BranchLevelTooHigh(BranchLevel ParentLevel)
        : Refusal("branch-level-too-high", 422, "A branch's level must be below its parent's level.", "下级网点的级别须低于上级网点。");

    public sealed record ParentClosed() : Refusal("parent-closed", 409, "The parent branch is closed.", "上级网点已停用。");

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost("/branches", (OpenBranchRequest body, Sender send, CancellationToken ct) => send.Change(new Command(body), ct))
                .WithName(nameof(OpenBranch))
                .WithSummary("Open a branch")
                .WithDescription("Creates a branch below your own branch or one below it. Its first business date is today.")
                .RequireRight(AccessRights.Administer)
                .Changes<BranchItem>(StatusCodes.Status201Created)
                .Refuses(
                    typeof(NotFound),
                    typeof(BranchOutOfReach),
                    typeof(BranchCodeTaken),
                    typeof(BranchLevelTooHigh),
                    typeof(ParentClosed)
                );
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Code).BranchCode();
            RuleFor(c => c.Body.ParentCode).BranchCode();
            RuleFor(c => c.Body.Name).NotEmpty().MaximumLength(Branch.NameLength);
            RuleFor(c => c.Body.Networks).ListOfNetworks();
        }
    }

    internal sealed class Handler(AppDb db, BranchScope scope, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, BranchItem>
    {
        protected override async Task<Outcome<Booking<BranchItem>>> Decide(Command command, CancellationToken ct)
        {
            var body = command.Body;
            var found = await scope.Find(body.ParentCode, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var parent = found.Value;
            if (body.Level <= parent.Level)
            {
                return new BranchLevelTooHigh(parent.Level);
            }

            if (!await db.Set<Branch>().AnyAsync(b => b.Id == parent.Id && b.Active, ct))
            {
                return new ParentClosed();
            }

            var id = Ids.Next();
            var branch = new Branch
            {
                Id = id,
                Code = body.Code,
                Name = body.Name,
                ParentId = parent.Id,
                Path = Branch.PathBelow(parent.Path, id),
                Level = body.Level,
                Networks = BranchNetworks.Join(body.Networks ?? []),
            };
            return new Booking<BranchItem>(
                id,
                request.Actor,
                Note(id, body),
                _ => Answer.Created($"/v1/branches/{id}", BranchItem.Of(branch))
            )
                .Insert(branch)
                .Insert(new BranchDay { BranchId = id, BusinessDate = ChinaCalendar.Today(clock) })
                .IfDuplicate(Branch.CodeIndex, new BranchCodeTaken());
        }

        private static AuditNote Note(long id, OpenBranchRequest body) =>
            new(
                "open-branch",
                $"branch:{id}",
                new
                {
                    body.Code,
                    body.ParentCode,
                    body.Networks,
                }
            );
    }
}
