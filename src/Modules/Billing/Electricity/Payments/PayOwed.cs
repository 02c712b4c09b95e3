namespace Billing.Electricity.Payments;

/// <summary>What was paid out.</summary>
/// <param name="SerialNumber" example="00150224112025602073">Of the transaction.</param>
/// <param name="PaymentSerialNumber" example="00150224112025602057">Of the payment whose money it was.</param>
/// <param name="Amount" example="40000">Fen.</param>
public sealed record OwedPaidResponse(string SerialNumber, string PaymentSerialNumber, long Amount);

/// <summary>Nothing is owed.</summary>
public sealed record NothingOwed() : Refusal("nothing-owed", 409, "Nothing is owed for this payment.", "该笔电费无应退款项。");

/// <summary>Pays out what is owed to a payer who had left before his payment was refused or reversed (EB-03.2).</summary>
internal static class PayOwed
{
    internal sealed record Command(string SerialNumber) : IBookingCommand<OwedPaidResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/payments/{serialNumber}/owed-payment",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Book(new Command(serialNumber), ct)
                )
                .WithName(nameof(PayOwed))
                .WithOperation("PayOwedElectricity")
                .WithSummary("Pay out what is owed to a payer")
                .WithDescription("Pays the whole amount in cash at the branch that collected the payment.")
                .RequireRight(ElectricityRights.PayOwed)
                .Books<OwedPaidResponse>()
                .ProducesRefusals<PaymentUnknown, PaymentOfOtherBranch, NothingOwed>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(AppDb db, RequestContext request) : BookingHandler<Command, OwedPaidResponse>
    {
        protected override async Task<Outcome<Booking<OwedPaidResponse>>> Decide(Command command, CancellationToken ct)
        {
            var paymentId = SerialNumber.Parse(command.SerialNumber);
            var payment = await db.Set<ElectricityPayment>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == paymentId, ct);
            if (payment is null)
            {
                return new PaymentUnknown();
            }

            if (payment.BranchId != request.Caller.BranchId)
            {
                return new PaymentOfOtherBranch();
            }

            var owed = await db.Balance(payment.Owed, ct);
            if (owed == 0)
            {
                return new NothingOwed();
            }

            var (id, actor) = (Ids.Next(), request.Actor);
            return new Booking<OwedPaidResponse>(
                id,
                actor,
                new AuditNote("pay-owed-electricity", $"electricity-payment:{payment.Id}"),
                p => Answer.Created($"/v1/transactions/{p.SerialNumber}", new OwedPaidResponse(p.SerialNumber, payment.SerialNumber, owed))
            )
                .WithHead(
                    new Transaction(id, ElectricityTransactions.OwedPaid, actor)
                    {
                        Amount = owed,
                        PaymentMethod = nameof(PaymentMethod.Cash),
                        ReferenceNumber = payment.SerialNumber,
                    }
                )
                .Move(payment.Owed, new AccountRef(CounterAccounts.Drawer, actor.OperatorId), owed)
                .IfShort(payment.Owed, _ => new NothingOwed());
        }
    }
}
