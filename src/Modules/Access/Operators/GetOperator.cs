using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Access.Operators;

/// <summary>Shows one operator with roles and version; the phone whole to those who may see personal data.</summary>
internal static class GetOperator
{
    internal sealed record Query(long Id) : IQuery<OperatorDetail>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/operators/{id:long}", (long id, Sender send, CancellationToken ct) => send.Query(new Query(id), ct))
                .WithName(nameof(GetOperator))
                .WithSummary("Get an operator")
                .WithDescription("The header ETag carries the version, for edits.")
                .RequireRight(AccessRights.Administer)
                .Reads<OperatorDetail>()
                .ProducesRefusals<NotFound, BranchOutOfReach>();
    }

    internal sealed class Handler(OperatorRecords operators, RequestContext request) : QueryHandler<Query, OperatorDetail>
    {
        protected override async Task<Outcome<OperatorDetail>> Read(Query query, CancellationToken ct)
        {
            var found = await operators.Find(query.Id, ct);
            return found.Refusal is { } refusal ? refusal : found.Value.Detail(request.Caller);
        }
    }
}
