using Billing.TopUps.Carriers;
using Billing.TopUps.Credit;

namespace Billing.TopUps.Sales;

/// <summary>
/// Sells an online or a change top-up at a till (MT-01.1, MT-01.4). The top-up and its money are on disk before the carrier is told; without a
/// definite answer it is applying, and the carrier is asked until there is one.
/// </summary>
internal static class SellTopUp
{
    internal sealed record Command(SellTopUpRequest Body) : ILongBookingCommand<TopUpResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost("/top-ups", (SellTopUpRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct))
                .WithName(nameof(SellTopUp))
                .WithOperation("SellTopUp")
                .WithSummary("Sell a top-up")
                .WithDescription(
                    "Checks carrier, amount, hours, limits and credit before the till takes money, then tells the carrier. The answer has the state "
                        + "succeeded, failed, or applying when the carrier gave no end answer: it is then asked until it does. Unfinished is held "
                        + "back "
                        + "and certainly not sent. A failed one is refunded at the desk. The same receipt, and the same Idempotency-Key, never tops "
                        + "up twice."
                )
                .RequireRight(TopUpRights.Sell)
                .Books<TopUpResponse>()
                .Refuses(typeof(CarrierUnknown), typeof(CarrierClosed), typeof(CarrierOutOfHours), typeof(CarrierNotProposed))
                .Refuses(typeof(PhoneNotServed), typeof(AmountNotOffered), typeof(ReceiptDateWrong), typeof(ReceiptTaken))
                .ProducesRefusals<PhoneLimit, TopUpRepeated, CarrierCreditUsedUp>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Kind).IsInEnum();
            RuleFor(c => c.Body.Phone).NotNull().Phone();
            RuleFor(c => c.Body.Amount).InclusiveBetween(1, TopUpLimits.Fen);
            RuleFor(c => c.Body.Amount).LessThanOrEqualTo(999).When(c => c.Body.Kind == TopUpKind.Change);
            RuleFor(c => c.Body.CarrierCode).CarrierCode();
            RuleFor(c => c.Body.TillNumber).NotNull().TillNumber();
            RuleFor(c => c.Body.ReceiptNumber).NotNull().ReceiptNumber();
            RuleFor(c => c.Body.ReceiptLine).InclusiveBetween(1, 99);
        }
    }

    internal sealed class Handler(TopUpIntents intents, TopUpSteps steps, TopUpViews views, RequestContext request)
        : BookingHandler<Command, TopUpResponse>
    {
        protected override async Task<Outcome<Booking<TopUpResponse>>> Decide(Command command, CancellationToken ct)
        {
            // From here on nothing stops because the caller went away: the top-up ends as the carrier says.
            var intent = await intents.Open(RequestKeys.Of(request.Claim!), command.Body, CancellationToken.None);
            if (intent.Refusal is { } refusal)
            {
                return refusal;
            }

            var topUp = intent.Value.State == TopUpState.Unprocessed ? await steps.GoOn(intent.Value) : intent.Value;
            var response = await views.Of(topUp, CancellationToken.None);
            return new Booking<TopUpResponse>(
                Ids.Next(),
                request.Actor,
                new AuditNote("sell-top-up-answer", $"top-up:{topUp.Id}", new { topUp.State }),
                _ => Answer.Created(TopUpViews.Location(topUp), response)
            );
        }
    }
}
