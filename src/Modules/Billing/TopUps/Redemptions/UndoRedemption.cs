namespace Billing.TopUps.Redemptions;

/// <summary>Undoes a redemption whose receipt is cancelled before it is printed (MT-02.1): the code is released at once.</summary>
internal static class UndoRedemption
{
    internal sealed record Command(string SerialNumber) : IBookingCommand<RedemptionResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/redemptions/{serialNumber}/undoing",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Book(new Command(serialNumber), ct)
                )
                .WithName(nameof(UndoRedemption))
                .WithOperation("UndoRedemption")
                .WithSummary("Undo a redemption")
                .WithDescription(
                    "The receipt about to be printed is cancelled: an authenticated redemption is undone, and the carrier is told until it has it."
                )
                .RequireRight(TopUpRights.Redeem)
                .Books<RedemptionResponse>()
                .ProducesRefusals<RedemptionUnknown, RedemptionOfOtherBranch, RedemptionStateForbids, RedemptionReleased>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(AppDb db, RequestContext request, TimeProvider clock) : BookingHandler<Command, RedemptionResponse>
    {
        protected override async Task<Outcome<Booking<RedemptionResponse>>> Decide(Command command, CancellationToken ct)
        {
            var found = await db.Held(command.SerialNumber, RedemptionState.Undone, request, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var redemption = found.Value;
            return redemption.Become(RedemptionState.Undone, request, clock);
        }
    }
}
