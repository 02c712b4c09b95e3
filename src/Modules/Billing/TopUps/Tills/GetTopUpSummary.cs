namespace Billing.TopUps.Tills;

/// <summary>移动充值汇总: what succeeded and failed by store and day, beside the tills' totals (MT-03.1, MT-03.2).</summary>
internal static class GetTopUpSummary
{
    internal sealed record Query(string? BranchCode, DateOnly From, DateOnly To) : IQuery<TopUpSummary>, ISummaryFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/top-up-summary",
                    (string? branchCode, DateOnly from, DateOnly to, Sender send, CancellationToken ct) =>
                        send.Query(new Query(branchCode, from, to), ct)
                )
                .WithName(nameof(GetTopUpSummary))
                .WithSummary("Sum top-ups up beside the tills")
                .WithDescription(
                    "Counts and adds up online, change and offline top-ups by store and receipt date, beside the tills' totals. A difference is told apart: failed "
                        + "and not refunded, without an end, not uploaded by the tills, or not here. At most 93 days."
                )
                .RequireRight(TopUpRights.See)
                .Reads<TopUpSummary>()
                .ProducesRefusals<ValidationFailed, NotFound, BranchOutOfReach, ExportTooLarge>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.FilterRules();
    }

    internal sealed class Handler(SummaryScope scope, TopUpSummaryReport report) : QueryHandler<Query, TopUpSummary>
    {
        protected override async Task<Outcome<TopUpSummary>> Read(Query query, CancellationToken ct)
        {
            var found = await scope.Find(query, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            return new TopUpSummary(await report.TopUps(found.Value.Ids, query.From, query.To, ct));
        }
    }
}
