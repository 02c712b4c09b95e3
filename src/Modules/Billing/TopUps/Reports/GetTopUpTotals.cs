using Billing.TopUps.Sales;

namespace Billing.TopUps.Reports;

/// <summary>Count and amount in fen of top-ups with one kind and state.</summary>
/// <param name="Kind" example="online">The kind.</param>
/// <param name="State" example="succeeded">The state.</param>
/// <param name="Count" example="98">How many top-ups.</param>
/// <param name="Amount" example="490000">Fen of them.</param>
public sealed record TopUpTotal(TopUpKind Kind, TopUpState State, long Count, long Amount);

/// <summary>The totals of top-ups.</summary>
/// <param name="Count" example="100">How many top-ups.</param>
/// <param name="Amount" example="500000">Fen of them.</param>
/// <param name="Items">By kind and state.</param>
public sealed record TopUpTotals(long Count, long Amount, IReadOnlyList<TopUpTotal> Items);

/// <summary>Adds up top-ups by kind and state, with the filter of the list (MT-03.3, MT-03.4).</summary>
internal static class GetTopUpTotals
{
    internal sealed record Query(
        string? BranchCode,
        DateOnly? From,
        DateOnly? To,
        string? TopUpKind,
        string? TopUpState,
        string? Phone,
        string? TillNumber,
        string? ReceiptNumber,
        bool? Overdue
    ) : IQuery<TopUpTotals>, ITopUpFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/top-up-totals",
                    (
                        string? branchCode,
                        DateOnly? from,
                        DateOnly? to,
                        string? topUpKind,
                        string? topUpState,
                        string? phone,
                        string? tillNumber,
                        string? receiptNumber,
                        bool? overdue,
                        Sender send,
                        CancellationToken ct
                    ) => send.Query(new Query(branchCode, from, to, topUpKind, topUpState, phone, tillNumber, receiptNumber, overdue), ct)
                )
                .WithName(nameof(GetTopUpTotals))
                .WithSummary("Add up top-ups")
                .WithDescription("Counts and adds up the top-ups that the list shows with the same filter, by kind and state.")
                .RequireRight(TopUpRights.See)
                .Reads<TopUpTotals>()
                .ProducesRefusals<ValidationFailed, NotFound, BranchOutOfReach>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.FilterRules();
    }

    internal sealed class Handler(TopUpSearch search) : QueryHandler<Query, TopUpTotals>
    {
        protected override async Task<Outcome<TopUpTotals>> Read(Query query, CancellationToken ct)
        {
            var found = await search.Find(query, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var items = await found
                .Value.TopUps.GroupBy(t => new { t.Kind, t.State })
                .Select(g => new
                {
                    g.Key.Kind,
                    g.Key.State,
                    Count = g.LongCount(),
                    Amount = g.Sum(t => t.Amount),
                })
                .ToListAsync(ct);
            return new TopUpTotals(
                items.Sum(i => i.Count),
                items.Sum(i => i.Amount),
                [.. items.OrderBy(i => i.Kind).ThenBy(i => i.State).Select(i => new TopUpTotal(i.Kind, i.State, i.Count, i.Amount))]
            );
        }
    }
}
