using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Access.Branches;

/// <summary>Lists the own branch and those below it (PL-01.10).</summary>
internal static class ListBranches
{
    internal sealed record Query(PageRequest Page) : IQuery<Page<BranchItem>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/branches",
                    (int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListBranches))
                .WithSummary("List branches")
                .WithDescription("Lists your own branch and the branches below it, oldest first.")
                .RequireRight(AccessRights.Administer)
                .Reads<Page<BranchItem>>()
                .ProducesRefusals<PageInvalid>();
    }

    internal sealed class Handler(AppDb db, BranchScope scope) : QueryHandler<Query, Page<BranchItem>>
    {
        protected override async Task<Outcome<Page<BranchItem>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var path = await scope.Path(ct);
            var rows = db.Set<Branch>().Where(b => b.Path.StartsWith(path) && b.Id > query.Page.AfterId).OrderBy(b => b.Id);
            return await query.Page.Read(rows, b => b.Id, BranchItem.Of, ct);
        }
    }
}
