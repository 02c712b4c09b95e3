using Billing.Electricity.Payments;

namespace Billing.Electricity.Deposits;

/// <summary>4629: reverses a power-side deposit of the day, with approval (EB-06.2). It goes the way of every reversal.</summary>
internal static class ReversePowerDeposit
{
    public static readonly ApprovalAction Action = new("reverse-power-deposit", "Reverse a power-side deposit", "电力方缴费冲正");

    internal sealed record Command(string SerialNumber, ReversePowerDepositRequest Body) : IBookingCommand<PaymentResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/deposits/{serialNumber}/reversal",
                    (string serialNumber, ReversePowerDepositRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(serialNumber, body), ct)
                )
                .WithName(nameof(ReversePowerDeposit))
                .WithOperation("ReversePowerDeposit")
                .WithSummary("Reverse a power-side deposit of the day (4629)")
                .WithDescription(
                    "Only the branch that took the deposit reverses it, on the same day, with an approval (action "
                        + "reverse-power-deposit). The answer is "
                        + "202 with the state reversing. Follow it with GET /v1/electricity/payments/{serialNumber}."
                )
                .RequireRight(ElectricityRights.ReverseDeposit)
                .Books<PaymentResponse>(StatusCodes.Status202Accepted)
                .TakesApproval()
                .ProducesRefusals<PaymentUnknown, PaymentOfOtherBranch, PaymentStateForbids, ReversalTooLate>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SerialNumber).SerialNumber();
            RuleFor(c => c.Body.Reason).NotNull().PlainText(ElectricityLimits.Reason);
        }
    }

    internal sealed class Handler(Reversals reversals, RequestContext request) : BookingHandler<Command, PaymentResponse>
    {
        protected override async Task<Outcome<Booking<PaymentResponse>>> Decide(Command command, CancellationToken ct)
        {
            var found = await reversals.Find(command.SerialNumber, PaymentKind.Deposit, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var payment = found.Value.Payment;
            if (!request.IsApproved(Action))
            {
                return request.ApprovalRequired(
                    Action,
                    new ApprovalSubject
                    {
                        CustomerName = payment.CustomerName,
                        Amount = payment.Total,
                        Facts =
                        [
                            new ApprovalFact("Payment number", "缴款编号", payment.Reference),
                            new ApprovalFact("Reason", "原因", command.Body.Reason),
                        ],
                    }
                );
            }

            return await reversals.Book(found.Value, Action, command.Body.Reason, ct);
        }
    }
}
