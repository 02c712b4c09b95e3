using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Parameters;

namespace Access.SystemParameters;

/// <summary>The history of a parameter at the caller's branch, above it and below it: every value that could have held there (FC-42.1).</summary>
internal static class ListParameterChanges
{
    internal sealed record Query(string Name, PageRequest Page) : IQuery<Page<ParameterChangeItem>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/parameters/{name}/changes",
                    (string name, int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(name, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListParameterChanges))
                .WithSummary("List a parameter's changes")
                .WithDescription(
                    "Lists operator, time, old value and new value, oldest first. The list covers your branch, those above it and "
                        + "those below it."
                )
                .RequireRight(AccessRights.Administer)
                .Reads<Page<ParameterChangeItem>>()
                .ProducesRefusals<NotFound, PageInvalid>();
    }

    internal sealed class Handler(AppDb db, DeclaredParameters declared, BranchTree tree, RequestContext request)
        : QueryHandler<Query, Page<ParameterChangeItem>>
    {
        protected override async Task<Outcome<Page<ParameterChangeItem>>> Read(Query query, CancellationToken ct)
        {
            if (declared.Find(query.Name) is null)
            {
                return new NotFound("parameter");
            }

            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var place = await tree.Get(request.Caller.BranchId, ct);
            var (path, upToTop) = (place.Path, place.UpToTop.ToList());
            var rows =
                from change in db.Set<ParameterChange>()
                where change.Name == query.Name && change.Id > query.Page.AfterId
                join branch in db.Set<Branch>() on change.BranchId equals branch.Id
                where branch.Path.StartsWith(path) || upToTop.Contains(branch.Id)
                orderby change.Id
                select new { Change = change, branch.Code };
            return await query.Page.Read(rows, r => r.Change.Id, r => ParameterChangeItem.Of(r.Change, r.Code), ct);
        }
    }
}
