using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Access.Applications;

/// <summary>Lists applications of the own branch and those below.</summary>
internal static class ListApplications
{
    internal sealed record Query(string? BranchCode, PageRequest Page) : IQuery<Page<ApplicationItem>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/applications",
                    (string? branchCode, int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(branchCode, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListApplications))
                .WithSummary("List applications")
                .WithDescription(
                    "Lists applications of your own branch and of those below it, or of the branch `branchCode` only. Oldest first."
                )
                .RequireRight(AccessRights.Administer)
                .Reads<Page<ApplicationItem>>()
                .ProducesRefusals<PageInvalid, NotFound, BranchOutOfReach>();
    }

    internal sealed class Handler(AppDb db, BranchScope scope) : QueryHandler<Query, Page<ApplicationItem>>
    {
        protected override async Task<Outcome<Page<ApplicationItem>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var found = await scope.Find(query.BranchCode, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var branches = db.Set<Branch>().Within(found.Value, query.BranchCode);
            var rows =
                from application in db.Set<Application>()
                where application.PrincipalId > query.Page.AfterId
                join principal in db.Set<Operator>() on application.PrincipalId equals principal.Id
                join branch in branches on principal.BranchId equals branch.Id
                orderby application.PrincipalId
                select new
                {
                    Application = application,
                    Principal = principal,
                    branch.Code,
                };
            return await query.Page.Read(
                rows,
                r => r.Application.PrincipalId,
                r => new ApplicationItem(
                    IdText.Of(r.Application.PrincipalId),
                    r.Application.ClientId!,
                    r.Principal.Name,
                    r.Code,
                    r.Application.Channel,
                    r.Principal.Active
                ),
                ct
            );
        }
    }
}
