using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Refunds.Refunding;

/// <summary>Shows a refund.</summary>
internal static class GetRefund
{
    internal sealed record Query(string SerialNumber) : IQuery<RefundView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/refunds/{serialNumber}",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Query(new Query(serialNumber), ct)
                )
                .WithName(nameof(GetRefund))
                .WithSummary("Get a refund")
                .WithDescription("Returns the refund with its recharges, returned invoices, fee and state.")
                .RequireRight(RefundRights.See)
                .Reads<RefundView>()
                .ProducesRefusals<RefundNotFound, RefundOfOtherBranch, ValidationFailed>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(AppDb db, RefundEnds ends) : QueryHandler<Query, RefundView>
    {
        protected override async Task<Outcome<RefundView>> Read(Query query, CancellationToken ct)
        {
            var found = await ends.Find(query.SerialNumber, ct);
            return found.Refusal is { } refusal ? refusal : await RefundViews.Read(db, found.Value, ct);
        }
    }
}
