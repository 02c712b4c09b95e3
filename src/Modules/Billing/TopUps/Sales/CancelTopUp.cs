namespace Billing.TopUps.Sales;

/// <summary>Cancels a top-up that was certainly not sent (MT-01.1).</summary>
internal static class CancelTopUp
{
    internal sealed record Command(string SerialNumber) : IBookingCommand<TopUpResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/top-ups/{serialNumber}/cancellation",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Book(new Command(serialNumber), ct)
                )
                .WithName(nameof(CancelTopUp))
                .WithOperation("CancelTopUp")
                .WithSummary("Cancel a top-up that was not sent")
                .WithDescription(
                    "Only the store that sold an unprocessed or unfinished top-up cancels it. It is then failed, and its money is refunded at the desk."
                )
                .RequireRight(TopUpRights.Sell)
                .Books<TopUpResponse>()
                .ProducesRefusals<TopUpUnknown, TopUpOfOtherBranch, TopUpStateForbids>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(AppDb db, TopUpViews views, RequestContext request) : BookingHandler<Command, TopUpResponse>
    {
        protected override async Task<Outcome<Booking<TopUpResponse>>> Decide(Command command, CancellationToken ct)
        {
            var id = SerialNumber.Parse(command.SerialNumber);
            var topUp = await db.Set<TopUp>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct);
            if (topUp is null)
            {
                return new TopUpUnknown();
            }

            if (topUp.BranchId != request.Caller.BranchId)
            {
                return new TopUpOfOtherBranch();
            }

            if (TopUpStates.Step(topUp.State, TopUpEvent.Cancelled) is not { } step)
            {
                return new TopUpStateForbids(topUp.State);
            }

            const string Code = "cancelled";
            var response = await views.Of(topUp, ct) with { State = step.To, Hold = TopUpHold.None, Failure = Code, Refundable = true };
            topUp.FailureCode = Code;
            var booking = new Booking<TopUpResponse>(
                Ids.Next(),
                request.Actor,
                new AuditNote("cancel-top-up", $"top-up:{topUp.Id}"),
                _ => Answer.Created(TopUpViews.Location(topUp), response)
            ).Step(topUp, step);
            return await db.DayToGiveBack(topUp, ct) is { } day ? booking.Update(day) : booking;
        }
    }
}
