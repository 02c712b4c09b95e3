using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Access.Roles;

/// <summary>Shows one role with its version (PL-01.10).</summary>
internal static class GetRole
{
    internal sealed record Query(long Id) : IQuery<RoleItem>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/roles/{id:long}", (long id, Sender send, CancellationToken ct) => send.Query(new Query(id), ct))
                .WithName(nameof(GetRole))
                .WithSummary("Get a role")
                .WithDescription(
                    "One that serves your branch, or belongs to a branch below it. The header ETag carries the version, for edits."
                )
                .RequireRight(AccessRights.Administer)
                .Reads<RoleItem>()
                .ProducesRefusals<NotFound, BranchOutOfReach>();
    }

    internal sealed class Handler(AppDb db, BranchTree tree, RequestContext request) : QueryHandler<Query, RoleItem>
    {
        protected override async Task<Outcome<RoleItem>> Read(Query query, CancellationToken ct)
        {
            if (await db.Set<Role>().SingleOrDefaultAsync(r => r.Id == query.Id, ct) is not { } role)
            {
                return new NotFound("role");
            }

            var (own, its) = (await tree.Get(request.Caller.BranchId, ct), await tree.Get(role.BranchId, ct));
            return own.IsSameOrSuperiorTo(its) || its.IsSameOrSuperiorTo(own) ? RoleItem.Of(role, its.Code) : new BranchOutOfReach();
        }
    }
}
