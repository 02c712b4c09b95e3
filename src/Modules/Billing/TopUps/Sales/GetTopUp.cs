namespace Billing.TopUps.Sales;

/// <summary>Shows one top-up (MT-01.3).</summary>
internal static class GetTopUp
{
    internal sealed record Query(string SerialNumber) : IQuery<TopUpResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/top-ups/{serialNumber}",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Query(new Query(serialNumber), ct)
                )
                .WithName(nameof(GetTopUp))
                .WithSummary("Show a top-up")
                .WithDescription("Shows a top-up of the caller's store or a store below it.")
                .RequireRight(TopUpRights.See)
                .Reads<TopUpResponse>()
                .ProducesRefusals<ValidationFailed, TopUpUnknown, TopUpOfOtherBranch>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(AppDb db, BranchScope scope, TopUpViews views) : QueryHandler<Query, TopUpResponse>
    {
        protected override async Task<Outcome<TopUpResponse>> Read(Query query, CancellationToken ct)
        {
            var id = SerialNumber.Parse(query.SerialNumber);
            var topUp = await db.Set<TopUp>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct);
            return topUp is null ? new TopUpUnknown()
                : !await scope.Reaches(topUp.BranchId, ct) ? new TopUpOfOtherBranch()
                : await views.Of(topUp, ct);
        }
    }
}
