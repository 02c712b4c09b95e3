namespace Billing.TopUps.Tills;

/// <summary>Receipts that one side has and the other has not, and gaps in each till's numbers (MT-03.6).</summary>
internal static class ListMissingReceipts
{
    private const int Most = 5_000;

    internal sealed record Query(string? BranchCode, DateOnly From, DateOnly To) : IQuery<MissingReceipts>, ISummaryFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/missing-receipts",
                    (string? branchCode, DateOnly from, DateOnly to, Sender send, CancellationToken ct) =>
                        send.Query(new Query(branchCode, from, to), ct)
                )
                .WithName(nameof(ListMissingReceipts))
                .WithSummary("List missing receipts")
                .WithDescription(
                    "Lists by store, date and till: gaps in the numbers, receipts here that the till did not upload, and uploaded top-ups and redemptions that "
                        + "are not here. At most 93 days and 5,000 lines."
                )
                .RequireRight(TopUpRights.See)
                .Reads<MissingReceipts>()
                .ProducesRefusals<ValidationFailed, NotFound, BranchOutOfReach, ExportTooLarge>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.FilterRules();
    }

    internal sealed class Handler(SummaryScope scope, TopUpSummaryReport report) : QueryHandler<Query, MissingReceipts>
    {
        protected override async Task<Outcome<MissingReceipts>> Read(Query query, CancellationToken ct)
        {
            var found = await scope.Find(query, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var missing = await report.Missing(found.Value.Ids, query.From, query.To, ct);
            return new MissingReceipts([.. missing.Take(Most)], missing.Count > Most);
        }
    }
}
