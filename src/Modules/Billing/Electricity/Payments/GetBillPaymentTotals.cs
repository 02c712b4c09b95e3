namespace Billing.Electricity.Payments;

/// <summary>Adds up electricity payments by state, with the filter of the list (EB-11.1).</summary>
internal static class GetBillPaymentTotals
{
    internal sealed record Query(
        string? BranchCode,
        DateOnly? From,
        DateOnly? To,
        string? CustomerNumber,
        string? Month,
        string? AccountNumber,
        string? SerialNumber,
        string? Operator,
        string? Channel,
        string? State
    ) : IQuery<PaymentTotals>, IPaymentFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/electricity/payment-totals",
                    (
                        string? branchCode,
                        DateOnly? from,
                        DateOnly? to,
                        string? customerNumber,
                        string? month,
                        string? accountNumber,
                        string? serialNumber,
                        string? @operator,
                        string? channel,
                        string? state,
                        Sender send,
                        CancellationToken ct
                    ) =>
                        send.Query(
                            new Query(branchCode, from, to, customerNumber, month, accountNumber, serialNumber, @operator, channel, state),
                            ct
                        )
                )
                .WithName(nameof(GetBillPaymentTotals))
                .WithSummary("Add up electricity payments")
                .WithDescription("Counts and adds up the payments that the list shows with the same filter, by state.")
                .RequireRight(ElectricityRights.See)
                .Reads<PaymentTotals>()
                .ProducesRefusals<ValidationFailed, NotFound, BranchOutOfReach>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.FilterRules();
    }

    internal sealed class Handler(PaymentSearch search) : QueryHandler<Query, PaymentTotals>
    {
        protected override async Task<Outcome<PaymentTotals>> Read(Query query, CancellationToken ct)
        {
            var found = await search.Find(query, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var items = await found
                .Value.Payments.GroupBy(p => p.State)
                .Select(g => new
                {
                    State = g.Key,
                    Count = g.LongCount(),
                    Amount = g.Sum(p => p.Total),
                })
                .ToListAsync(ct);
            return new PaymentTotals(
                items.Sum(i => i.Count),
                items.Sum(i => i.Amount),
                [.. items.OrderBy(i => i.State).Select(i => new PaymentTotal(i.State, i.Count, i.Amount))]
            );
        }
    }
}
