namespace Billing.Electricity.Days;

/// <summary>日终: closes the work date. The day-end then runs in the background, step by step.</summary>
internal static class CloseWorkDate
{
    internal sealed record Command(DateOnly Date) : IBookingCommand<WorkDateResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/work-dates/{date}/closing",
                    (DateOnly date, Sender send, CancellationToken ct) => send.Book(new Command(date), ct)
                )
                .WithName(nameof(CloseWorkDate))
                .WithOperation("CloseWorkDate")
                .WithSummary("Close the work date")
                .WithDescription(
                    "Takes no more payments and starts the day-end: pending payments are decided for the bank's book, both sides' "
                        + "lines are compared, the "
                        + "transit accounts are swept, and the bank signs off. The answer is 202; follow the work date until it "
                        + "is closed. A difference "
                        + "does not stop the sweep."
                )
                .RequireRight(ElectricityRights.RunDays)
                .Books<WorkDateResponse>(StatusCodes.Status202Accepted)
                .ProducesRefusals<WorkDateUnknown, WorkDateNotOpen>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Date).GreaterThan(new DateOnly(2000, 1, 1));
    }

    internal sealed class Handler(AppDb db, RequestContext request, TimeProvider clock) : BookingHandler<Command, WorkDateResponse>
    {
        protected override async Task<Outcome<Booking<WorkDateResponse>>> Decide(Command command, CancellationToken ct)
        {
            var day = await db.Set<WorkDate>().AsNoTracking().SingleOrDefaultAsync(d => d.Date == command.Date, ct);
            if (day is null)
            {
                return new WorkDateUnknown();
            }

            if (day.State != WorkDateState.Open)
            {
                return new WorkDateNotOpen();
            }

            WorkDateBookings.Close(day, request.Actor, clock);
            return new Booking<WorkDateResponse>(
                Ids.Next(),
                request.Actor,
                new AuditNote("close-work-date", $"work-date:{day.Date:yyyy-MM-dd}"),
                _ => Answer.Accepted(WorkDateResponse.Location(day.Date), WorkDateResponse.Of(day))
            ).Update(day);
        }
    }
}
