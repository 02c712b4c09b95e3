using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Access.Roles;

/// <summary>Lists the rights of all modules (PL-01.8).</summary>
internal static class ListRights
{
    internal sealed record Query : IQuery<RightList>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/rights", (Sender send, CancellationToken ct) => send.Query(new Query(), ct))
                .WithName(nameof(ListRights))
                .WithSummary("List rights")
                .WithDescription("Lists every right that a role can have: one per function of the modules.")
                .RequireRight(AccessRights.Administer)
                .Reads<RightList>();
    }

    internal sealed class Handler(IReadOnlyList<Right> rights) : QueryHandler<Query, RightList>
    {
        protected override Task<Outcome<RightList>> Read(Query query, CancellationToken ct) =>
            Task.FromResult<Outcome<RightList>>(
                new RightList([.. rights.Select(r => new RightItem(r.Name, r.Module, Language.IsChinese ? r.Zh : r.En))])
            );
    }
}
