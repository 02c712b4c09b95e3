using Billing.TopUps.Carriers;

namespace Billing.TopUps.Statements;

/// <summary>Lists how carriers' statements differ (MT-03.7).</summary>
internal static class ListStatementDifferences
{
    internal sealed record Query(string? CarrierCode, string? State, PageRequest Page) : IQuery<Page<StatementDifferenceResponse>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/top-up-statement-differences",
                    (string? carrierCode, string? state, int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(carrierCode, state, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListStatementDifferences))
                .WithSummary("List differences of carriers' statements")
                .WithDescription("Lists what differs between the carriers' statements and ours. Filter by carrier and state.")
                .RequireRight(TopUpRights.Settle)
                .Reads<Page<StatementDifferenceResponse>>()
                .ProducesRefusals<PageInvalid, ValidationFailed>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.CarrierCode).CarrierCode();
            RuleFor(q => q.State).NameOf<Query, StatementDifferenceState>();
        }
    }

    internal sealed class Handler(AppDb db) : QueryHandler<Query, Page<StatementDifferenceResponse>>
    {
        protected override async Task<Outcome<Page<StatementDifferenceResponse>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var (after, code) = (query.Page.AfterId, query.CarrierCode);
            var differences = db.Set<StatementDifference>().AsNoTracking().Where(d => d.Id > after);
            if (Json.Value<StatementDifferenceState>(query.State) is { } state)
            {
                differences = differences.Where(d => d.State == state);
            }

            var rows =
                from difference in differences
                join carrier in db.Set<TopUpCarrier>().Where(c => code == null || c.Code == code) on difference.CarrierId equals carrier.Id
                orderby difference.Id
                select new { Difference = difference, carrier.Code };
            return await query.Page.Read(rows, r => r.Difference.Id, r => StatementDifferenceResponse.Of(r.Difference, r.Code), ct);
        }
    }
}
