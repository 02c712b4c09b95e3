using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Access.Roles;

/// <summary>Lists the roles that serve the own branch, and those of the branches below it (PL-01.10).</summary>
internal static class ListRoles
{
    internal sealed record Query(PageRequest Page) : IQuery<Page<RoleItem>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/roles",
                    (int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListRoles))
                .WithSummary("List roles")
                .WithDescription("Lists the roles of your own branch, of those above it and of those below it, oldest first.")
                .RequireRight(AccessRights.Administer)
                .Reads<Page<RoleItem>>()
                .ProducesRefusals<PageInvalid>();
    }

    internal sealed class Handler(AppDb db, BranchTree tree, RequestContext request) : QueryHandler<Query, Page<RoleItem>>
    {
        protected override async Task<Outcome<Page<RoleItem>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var place = await tree.Get(request.Caller.BranchId, ct);
            var (path, upToTop) = (place.Path, place.UpToTop.ToList());
            var rows =
                from role in db.Set<Role>()
                where role.Id > query.Page.AfterId
                join branch in db.Set<Branch>() on role.BranchId equals branch.Id
                where branch.Path.StartsWith(path) || upToTop.Contains(branch.Id)
                orderby role.Id
                select new { Role = role, branch.Code };
            return await query.Page.Read(rows, r => r.Role.Id, r => RoleItem.Of(r.Role, r.Code), ct);
        }
    }
}
