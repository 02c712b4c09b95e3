namespace Billing.Electricity.Payments;

/// <summary>Lists electricity payments (EB-02.3, EB-11.1).</summary>
internal static class ListBillPayments
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
        string? State,
        PageRequest Page
    ) : IQuery<Page<PaymentResponse>>, IPaymentFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/electricity/payments",
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
                        int? limit,
                        string? after,
                        Sender send,
                        CancellationToken ct
                    ) =>
                        send.Query(
                            new Query(
                                branchCode,
                                from,
                                to,
                                customerNumber,
                                month,
                                accountNumber,
                                serialNumber,
                                @operator,
                                channel,
                                state,
                                new PageRequest(limit, after)
                            ),
                            ct
                        )
                )
                .WithName(nameof(ListBillPayments))
                .WithSummary("List electricity payments")
                .WithDescription(
                    "Lists payments of the caller's branch and the branches below it, oldest first. Filter by branch, business "
                        + "date, customer, month of "
                        + "the bill, payer's account, serial number, operator, channel and state."
                )
                .RequireRight(ElectricityRights.See)
                .Reads<Page<PaymentResponse>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed), typeof(NotFound), typeof(BranchOutOfReach));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.FilterRules();
    }

    internal sealed class Handler(PaymentSearch search, PaymentViews views) : QueryHandler<Query, Page<PaymentResponse>>
    {
        protected override async Task<Outcome<Page<PaymentResponse>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var found = await search.Find(query, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var after = query.Page.AfterId;
            var rows = views.Rows(found.Value.Payments.Where(p => p.Id > after));
            return await query.Page.Read(rows, r => r.Payment.Id, PaymentViews.Of, ct);
        }
    }
}
