using System.Globalization;

namespace Billing.TopUps.Redemptions;

/// <summary>Confirms a redemption when its receipt is printed (MT-02.1): stored at once, and told to the carrier until it has it.</summary>
internal static class ConfirmRedemption
{
    internal sealed record Command(string SerialNumber, ConfirmRedemptionRequest Body) : IBookingCommand<RedemptionResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/redemptions/{serialNumber}/confirmation",
                    (string serialNumber, ConfirmRedemptionRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(serialNumber, body), ct)
                )
                .WithName(nameof(ConfirmRedemption))
                .WithOperation("ConfirmRedemption")
                .WithSummary("Confirm a redemption")
                .WithDescription(
                    "The receipt is printed: an authenticated redemption is confirmed, and the carrier is told until it has it. A released one needs a new "
                        + "authentication. A confirmed one is not undone."
                )
                .RequireRight(TopUpRights.Redeem)
                .Books<RedemptionResponse>()
                .ProducesRefusals<RedemptionUnknown, RedemptionOfOtherBranch, RedemptionStateForbids, RedemptionReleased>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SerialNumber).SerialNumber();
            RuleFor(c => c.Body.ReceiptNumber).NotNull().ReceiptNumber();
        }
    }

    internal sealed class Handler(AppDb db, RequestContext request, TimeProvider clock) : BookingHandler<Command, RedemptionResponse>
    {
        protected override async Task<Outcome<Booking<RedemptionResponse>>> Decide(Command command, CancellationToken ct)
        {
            var found = await db.Held(command.SerialNumber, RedemptionState.Confirmed, request, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var redemption = found.Value;
            redemption.ReceiptNumber = long.Parse(command.Body.ReceiptNumber, CultureInfo.InvariantCulture);
            return redemption.Become(RedemptionState.Confirmed, request, clock);
        }
    }
}
