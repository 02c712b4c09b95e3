using Billing.Electricity.Days;
using Billing.Electricity.Merchants;
using Billing.Electricity.PayerAccounts;
using Billing.Electricity.Payments;
using Billing.Electricity.Quotes;

namespace Billing.Electricity.Deposits;

/// <summary>4628, second part: pays a power-side deposit in (EB-06.1, EB-06.3). The intent is on disk before the power side is told.</summary>
internal static class PayPowerDeposit
{
    internal sealed record Command(string UnitCode, string DepositNumber, PayPowerDepositRequest Body)
        : ILongBookingCommand<PaymentResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/units/{unitCode}/deposits/{depositNumber}/payments",
                    (string unitCode, string depositNumber, PayPowerDepositRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(unitCode, depositNumber, body), ct)
                )
                .WithName(nameof(PayPowerDeposit))
                .WithOperation("PayPowerDeposit")
                .WithSummary("Pay in a power-side deposit (4628)")
                .WithDescription(
                    "Takes cash, an own bank's cheque, or the money of another bank's cheque that is in, and tells the power "
                        + "company. The answer has the "
                        + "state paid, or pending while the power company did not answer."
                )
                .RequireRight(ElectricityRights.Deposit)
                .Books<PaymentResponse>()
                .Refuses(
                    typeof(UnitUnknown),
                    typeof(UnitNotServed),
                    typeof(AdmissionNotOpen),
                    typeof(ModeNotAdmitted),
                    typeof(WorkDateNotOpen)
                )
                .Refuses(typeof(PowerDepositUnknown), typeof(PowerDepositAmount), typeof(PowerSideSilent), typeof(PowerSideRefused))
                .Refuses(typeof(PayerAccountUnknown), typeof(PayerAccountNotUsable), typeof(PayerAccountTooSmall))
                .ProducesRefusals<OtherBankChequeUnknown, OtherBankChequeStateForbids, ReceivableTaken>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.UnitCode).Matches("^[0-9]{5,9}$");
            RuleFor(c => c.DepositNumber).Matches("^[0-9A-Za-z]{1,32}$");
            RuleFor(c => c.Body.Amount).InclusiveBetween(1, ElectricityLimits.Fen);
            RuleFor(c => c.Body.Method).IsInEnum();
            RuleFor(c => c.Body.AccountNumber).Matches("^[0-9]{19}$");
            RuleFor(c => c.Body.AccountNumber).NotNull().When(c => c.Body.Method == CollectionMethod.Account);
            RuleFor(c => c.Body.ChequeNumber).Matches("^[0-9A-Za-z]{1,32}$");
            RuleFor(c => c.Body.ChequeNumber).NotNull().When(c => c.Body.Method == CollectionMethod.Account);
            RuleFor(c => c.Body.OtherBankCheque).NotNull().When(c => c.Body.Method == CollectionMethod.OtherTransfers);
            RuleFor(c => c.Body.OtherBankCheque!).SerialNumber().When(c => c.Body.OtherBankCheque is not null);
        }
    }

    internal sealed class Handler(DepositIntents intents, PaymentSteps steps, PaymentViews views, RequestContext request)
        : BookingHandler<Command, PaymentResponse>
    {
        protected override async Task<Outcome<Booking<PaymentResponse>>> Decide(Command command, CancellationToken ct)
        {
            var intent = await intents.Open(RequestKeys.Of(request.Claim!), command, CancellationToken.None);
            if (intent.Refusal is { } refusal)
            {
                return refusal;
            }

            var payment = intent.Value;
            payment = payment.State == PaymentState.Sending ? await steps.Send(payment, payerPresent: true) : payment;
            if (payment.State == PaymentState.Refused)
            {
                return new PowerSideRefused(payment.RefusalCode ?? "refused");
            }

            var response = await views.Of(payment, CancellationToken.None);
            return new Booking<PaymentResponse>(
                Ids.Next(),
                request.Actor,
                new AuditNote("pay-power-deposit", $"electricity-payment:{payment.Id}", new { payment.State }),
                _ => Answer.Created($"/v1/transactions/{payment.SerialNumber}", response)
            );
        }
    }
}
