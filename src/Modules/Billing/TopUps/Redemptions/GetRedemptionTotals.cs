namespace Billing.TopUps.Redemptions;

/// <summary>Count and amount in fen of redemptions with one kind and state.</summary>
/// <param name="Kind" example="coupon">The kind.</param>
/// <param name="State" example="confirmed">The state.</param>
/// <param name="Count" example="12">How many redemptions.</param>
/// <param name="Amount" example="36000">Fen of them. Only confirmed ones count as money.</param>
public sealed record RedemptionTotal(RedemptionKind Kind, RedemptionState State, long Count, long Amount);

/// <summary>The totals of redemptions.</summary>
/// <param name="ConfirmedCount" example="12">How many were redeemed.</param>
/// <param name="ConfirmedAmount" example="36000">Fen redeemed.</param>
/// <param name="Items">By kind and state.</param>
public sealed record RedemptionTotals(long ConfirmedCount, long ConfirmedAmount, IReadOnlyList<RedemptionTotal> Items);

/// <summary>Adds up redemptions by kind and state, with the filter of the list (MT-03.3, MT-03.4).</summary>
internal static class GetRedemptionTotals
{
    internal sealed record Query(
        string? BranchCode,
        DateOnly? From,
        DateOnly? To,
        string? RedemptionKind,
        string? RedemptionState,
        string? CodeHead,
        string? TillNumber
    ) : IQuery<RedemptionTotals>, IRedemptionFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/redemption-totals",
                    (
                        string? branchCode,
                        DateOnly? from,
                        DateOnly? to,
                        string? redemptionKind,
                        string? redemptionState,
                        string? codeHead,
                        string? tillNumber,
                        Sender send,
                        CancellationToken ct
                    ) => send.Query(new Query(branchCode, from, to, redemptionKind, redemptionState, codeHead, tillNumber), ct)
                )
                .WithName(nameof(GetRedemptionTotals))
                .WithSummary("Add up redemptions")
                .WithDescription("Counts and adds up the redemptions that the list shows with the same filter, by kind and state.")
                .RequireRight(TopUpRights.See)
                .Reads<RedemptionTotals>()
                .ProducesRefusals<ValidationFailed, NotFound, BranchOutOfReach>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.FilterRules();
    }

    internal sealed class Handler(RedemptionSearch search) : QueryHandler<Query, RedemptionTotals>
    {
        protected override async Task<Outcome<RedemptionTotals>> Read(Query query, CancellationToken ct)
        {
            var found = await search.Find(query, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var items = await found
                .Value.Redemptions.GroupBy(r => new { r.Kind, r.State })
                .Select(g => new
                {
                    g.Key.Kind,
                    g.Key.State,
                    Count = g.LongCount(),
                    Amount = g.Sum(r => r.Amount),
                })
                .ToListAsync(ct);
            var confirmed = items.Where(i => i.State == RedemptionState.Confirmed).ToList();
            return new RedemptionTotals(
                confirmed.Sum(i => i.Count),
                confirmed.Sum(i => i.Amount),
                [.. items.OrderBy(i => i.Kind).ThenBy(i => i.State).Select(i => new RedemptionTotal(i.Kind, i.State, i.Count, i.Amount))]
            );
        }
    }
}
