using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Funding.BatchRecharges;

/// <summary>Shows a recharge list with its progress (FC-24.1, FC-20.5).</summary>
internal static class GetRechargeList
{
    internal sealed record Query(string SerialNumber) : IQuery<RechargeListView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/recharge-lists/{serialNumber}",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Query(new Query(serialNumber), ct)
                )
                .WithName(nameof(GetRechargeList))
                .WithSummary("Get a recharge list")
                .WithDescription(
                    "Returns state, totals, faults, and the progress of running work. Available for your own branch and those below it."
                )
                .RequireRight(FundingRights.SeeRechargeLists)
                .Reads<RechargeListView>()
                .ProducesRefusals<RechargeListNotFound, ValidationFailed>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(RechargeListDesk desk) : QueryHandler<Query, RechargeListView>
    {
        protected override async Task<Outcome<RechargeListView>> Read(Query query, CancellationToken ct)
        {
            var found = await desk.Find(query.SerialNumber, ct);
            return found.Refusal is { } refusal ? refusal : await desk.View(found.Value.Id, ct);
        }
    }
}
