namespace Billing.Electricity.Payments;

/// <summary>Shows an electricity payment.</summary>
internal static class GetBillPayment
{
    internal sealed record Query(string SerialNumber) : IQuery<PaymentResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/electricity/payments/{serialNumber}",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Query(new Query(serialNumber), ct)
                )
                .WithName(nameof(GetBillPayment))
                .WithSummary("Get an electricity payment")
                .WithDescription("Shows a payment of the caller's branch or of a branch below it.")
                .RequireRight(ElectricityRights.See)
                .Reads<PaymentResponse>()
                .ProducesRefusals<ValidationFailed, PaymentUnknown, BranchOutOfReach>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(AppDb db, BranchScope scope, PaymentViews views) : QueryHandler<Query, PaymentResponse>
    {
        protected override async Task<Outcome<PaymentResponse>> Read(Query query, CancellationToken ct)
        {
            var id = SerialNumber.Parse(query.SerialNumber);
            var payment = await db.Set<ElectricityPayment>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
            return payment is null ? new PaymentUnknown()
                : await scope.Reaches(payment.BranchId, ct) ? await views.Of(payment, ct)
                : new BranchOutOfReach();
        }
    }
}
