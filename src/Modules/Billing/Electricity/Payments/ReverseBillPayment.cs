using Billing.Electricity.Invoices;

namespace Billing.Electricity.Payments;

/// <summary>A reversal of a payment of the day.</summary>
/// <param name="Reason" example="金额录入错误">冲正原因, 1 to 200 characters.</param>
/// <param name="InvoiceReturned" example="true">The printed invoice was handed back. Required when one was printed.</param>
public sealed record ReverseBillPaymentRequest(string Reason, bool InvoiceReturned);

/// <summary>The invoice was printed again, so nothing can be reversed.</summary>
public sealed record InvoiceReprinted()
    : Refusal("invoice-reprinted", 409, "The invoice was printed again. The payment cannot be reversed.", "电费发票已重打，不能冲正。");

/// <summary>The printed invoice must come back.</summary>
public sealed record InvoiceNotReturned()
    : Refusal("invoice-not-returned", 409, "The printed invoice must be handed back.", "须收回已打印的电费发票。");

/// <summary>The day of the payment is over.</summary>
public sealed record ReversalTooLate()
    : Refusal("reversal-too-late", 409, "Only payments of the open day can be reversed.", "只能冲正当日的电费。");

/// <summary>
/// 4625: reverses a payment of the day, at its branch, with approval (EB-05.1, EB-05.2). The power side is told first; the money goes back when it
/// said yes, and a no leaves the payment as it was. A pending payment is reversed in the same way, also when the power side never knew it.
/// </summary>
internal static class ReverseBillPayment
{
    public static readonly ApprovalAction Action = new("reverse-electricity", "Reverse an electricity payment", "当日电费冲正");

    internal sealed record Command(string SerialNumber, ReverseBillPaymentRequest Body) : IBookingCommand<PaymentResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/payments/{serialNumber}/reversal",
                    (string serialNumber, ReverseBillPaymentRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(serialNumber, body), ct)
                )
                .WithName(nameof(ReverseBillPayment))
                .WithOperation("ReverseBillPayment")
                .WithSummary("Reverse a payment of the day (4625)")
                .WithDescription(
                    "Only the branch that collected a payment reverses it, on the same day, with an approval (action reverse-electricity) and the "
                        + "printed invoice back. The answer is 202 with the state reversing: the power company is told, and the money goes back when "
                        + "it has reversed. Follow the payment until it is reversed, or paid again when the power company refused."
                )
                .RequireRight(ElectricityRights.Reverse)
                .Books<PaymentResponse>(StatusCodes.Status202Accepted)
                .TakesApproval()
                .Refuses(typeof(PaymentUnknown), typeof(PaymentOfOtherBranch), typeof(PaymentStateForbids))
                .Refuses(typeof(ReversalTooLate), typeof(ReceivableTaken), typeof(InvoiceReprinted), typeof(InvoiceNotReturned));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SerialNumber).SerialNumber();
            RuleFor(c => c.Body.Reason).NotNull().PlainText(ElectricityLimits.Reason);
        }
    }

    internal sealed class Handler(AppDb db, Reversals reversals, RequestContext request) : BookingHandler<Command, PaymentResponse>
    {
        protected override async Task<Outcome<Booking<PaymentResponse>>> Decide(Command command, CancellationToken ct)
        {
            var found = await reversals.Find(command.SerialNumber, PaymentKind.Bill, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var payment = found.Value.Payment;
            var prints = await db.Set<ElectricityInvoice>().Where(i => i.PaymentId == payment.Id).ToListAsync(ct);
            if (prints.Exists(i => i.Kind == InvoicePrintKind.Reprint))
            {
                return new InvoiceReprinted();
            }

            if (prints.Count > 0 && !command.Body.InvoiceReturned)
            {
                return new InvoiceNotReturned();
            }

            if (!request.IsApproved(Action))
            {
                return request.ApprovalRequired(
                    Action,
                    new ApprovalSubject
                    {
                        CustomerCode = payment.Customer,
                        CustomerName = payment.CustomerName,
                        Amount = payment.Total,
                        Facts =
                        [
                            new ApprovalFact("Electricity serial number", "电费流水号", payment.SerialNumber),
                            new ApprovalFact("Reason", "原因", command.Body.Reason),
                        ],
                    }
                );
            }

            return await reversals.Book(found.Value, Action, command.Body.Reason, ct);
        }
    }
}
