using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Access.Applications;

/// <summary>An application of the own branch or one below.</summary>
internal static class GetApplication
{
    internal sealed record Query(long Id) : IQuery<ApplicationDetail>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/applications/{id:long}", (long id, Sender send, CancellationToken ct) => send.Query(new Query(id), ct))
                .WithName(nameof(GetApplication))
                .WithSummary("Get an application")
                .WithDescription("Shows its scopes and which secrets are in use, and when each was last used.")
                .RequireRight(AccessRights.Administer)
                .Reads<ApplicationDetail>()
                .ProducesRefusals<NotFound, BranchOutOfReach>();
    }

    internal sealed class Handler(ApplicationRecords applications) : QueryHandler<Query, ApplicationDetail>
    {
        protected override async Task<Outcome<ApplicationDetail>> Read(Query query, CancellationToken ct)
        {
            var found = await applications.Find(query.Id, ct);
            return found.Refusal is { } refusal ? refusal : found.Value.Detail();
        }
    }
}
