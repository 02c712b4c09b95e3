using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Access.Branches;

/// <summary>Shows one branch with its version (PL-01.10).</summary>
internal static class GetBranch
{
    internal sealed record Query(long Id) : IQuery<BranchItem>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/branches/{id:long}", (long id, Sender send, CancellationToken ct) => send.Query(new Query(id), ct))
                .WithName(nameof(GetBranch))
                .WithSummary("Get a branch")
                .WithDescription("The header ETag carries the version, for edits.")
                .RequireRight(AccessRights.Administer)
                .Reads<BranchItem>()
                .ProducesRefusals<NotFound, BranchOutOfReach>();
    }

    internal sealed class Handler(AppDb db, BranchScope scope) : QueryHandler<Query, BranchItem>
    {
        protected override async Task<Outcome<BranchItem>> Read(Query query, CancellationToken ct) =>
            await db.Set<Branch>().SingleOrDefaultAsync(b => b.Id == query.Id, ct) is not { } branch ? new NotFound("branch")
            : await scope.Reaches(branch.Id, ct) ? BranchItem.Of(branch)
            : new BranchOutOfReach();
    }
}
