namespace Billing.TopUps.Tills;

/// <summary>Redemptions by store and day beside the over/short daily report, 长短款日报 (MT-03.5).</summary>
internal static class GetRedemptionSummary
{
    internal sealed record Query(string? BranchCode, DateOnly From, DateOnly To) : IQuery<RedemptionSummary>, ISummaryFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/redemption-summary",
                    (string? branchCode, DateOnly from, DateOnly to, Sender send, CancellationToken ct) =>
                        send.Query(new Query(branchCode, from, to), ct)
                )
                .WithName(nameof(GetRedemptionSummary))
                .WithSummary("Sum redemptions up beside the over/short report")
                .WithDescription(
                    "Counts and adds up confirmed redemptions of points and of coupons by store and the tills' date, beside the totals of the over/short report. "
                        + "The missing receipts lead to a difference's receipts. At most 93 days."
                )
                .RequireRight(TopUpRights.See)
                .Reads<RedemptionSummary>()
                .ProducesRefusals<ValidationFailed, NotFound, BranchOutOfReach, ExportTooLarge>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.FilterRules();
    }

    internal sealed class Handler(SummaryScope scope, TopUpSummaryReport report) : QueryHandler<Query, RedemptionSummary>
    {
        protected override async Task<Outcome<RedemptionSummary>> Read(Query query, CancellationToken ct)
        {
            var found = await scope.Find(query, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            return new RedemptionSummary(await report.Redemptions(found.Value.Ids, query.From, query.To, ct));
        }
    }
}
