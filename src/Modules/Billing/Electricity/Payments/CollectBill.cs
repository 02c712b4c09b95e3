using Billing.Electricity.Days;
using Billing.Electricity.Merchants;
using Billing.Electricity.PayerAccounts;
using Billing.Electricity.Quotes;

namespace Billing.Electricity.Payments;

/// <summary>
/// 4623: collects a customer's bills (EB-03.1). The intent and its money are on disk before the power side is told. All or nothing towards the payer:
/// a definite no books the money back; without a definite answer the payment is pending, and the power side is asked until there is one.
/// </summary>
internal static class CollectBill
{
    internal sealed record Command(CollectBillRequest Body) : ILongBookingCommand<PaymentResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/payments",
                    (CollectBillRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(CollectBill))
                .WithOperation("CollectBill")
                .WithSummary("Collect a bill (4623)")
                .WithDescription(
                    "Takes cash or a transfer for the receivables of a quote and tells the power company. The answer has the state paid, or pending "
                        + "when the power company did not answer: it is then asked again until it does. A refusal by the power "
                        + "company gives the money "
                        + "back. The same Idempotency-Key never pays twice."
                )
                .RequireRight(ElectricityRights.Collect)
                .Books<PaymentResponse>()
                .Refuses(
                    typeof(QuoteUnknown),
                    typeof(QuoteExpired),
                    typeof(ReceivablesNotOldestFirst),
                    typeof(PartNotTaken),
                    typeof(MoreThanOwed)
                )
                .Refuses(typeof(UnitNotServed), typeof(AdmissionNotOpen), typeof(ModeNotAdmitted), typeof(WorkDateNotOpen))
                .Refuses(typeof(ChannelLimit), typeof(ChannelMethod), typeof(ReceivableTaken), typeof(PaymentStateForbids))
                .Refuses(typeof(PayerAccountUnknown), typeof(PayerAccountNotUsable), typeof(PayerAccountTooSmall))
                .ProducesRefusals<BillChanged, BillSettled, PowerSideRefused>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Reference).NotNull().PlainText(BillQuote.ReferenceLength);
            RuleFor(c => c.Body.Receivables).NotNull().Count(1, ElectricityLimits.Receivables);
            RuleForEach(c => c.Body.Receivables).NotNull().PlainText(40);
            RuleFor(c => c.Body.Amount).InclusiveBetween(1, ElectricityLimits.Fen);
            RuleFor(c => c.Body.Method).IsInEnum().NotEqual(CollectionMethod.OtherTransfers);
            RuleFor(c => c.Body.AccountNumber).Matches("^[0-9]{19}$");
            RuleFor(c => c.Body.AccountNumber).NotNull().When(c => c.Body.Method == CollectionMethod.Account);
            RuleFor(c => c.Body.AccountNumber).Null().When(c => c.Body.Method == CollectionMethod.Cash);
            RuleFor(c => c.Body.Channel).IsInEnum().NotEqual(CollectionChannel.Batch);
        }
    }

    internal sealed class Handler(PaymentIntents intents, PaymentSteps steps, PaymentViews views, RequestContext request)
        : BookingHandler<Command, PaymentResponse>
    {
        protected override async Task<Outcome<Booking<PaymentResponse>>> Decide(Command command, CancellationToken ct)
        {
            // From here on nothing stops because the caller went away: the payment ends as the power side says.
            var intent = await intents.Open(RequestKeys.Of(request.Claim!), command.Body, CancellationToken.None);
            if (intent.Refusal is { } refusal)
            {
                return refusal;
            }

            var payment = intent.Value;
            if (payment.State == PaymentState.Sending)
            {
                payment = await steps.Send(payment, payerPresent: command.Body.Channel == CollectionChannel.Counter);
            }

            if (payment.State == PaymentState.Refused)
            {
                return RefusalOf(payment);
            }

            var response = await views.Of(payment, CancellationToken.None);
            return new Booking<PaymentResponse>(
                Ids.Next(),
                request.Actor,
                new AuditNote("collect-bill", $"electricity-payment:{payment.Id}", new { payment.State }),
                _ => Answer.Created(PaymentResponse.Location(payment), response)
            );
        }

        private static Refusal RefusalOf(ElectricityPayment payment) =>
            payment.RefusalCode switch
            {
                "changed" => new BillChanged(payment.WantedTotal, payment.SerialNumber),
                "settled" => new BillSettled(payment.SerialNumber),
                var code => new PowerSideRefused(code ?? "refused"),
            };
    }
}
