using Billing.Electricity.Power;
using Billing.Electricity.Quotes;

namespace Billing.Electricity.Days;

/// <summary>签到: signs on with the power side for a work date.</summary>
internal static class SignOnPowerSide
{
    internal sealed record Command(SignOnRequest Body) : IBookingCommand<WorkDateResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/work-dates",
                    (SignOnRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(SignOnPowerSide))
                .WithOperation("SignOnPowerSide")
                .WithSummary("Sign on with the power company")
                .WithDescription("Opens a work date. Payments are taken between signing on and closing. One work date is open at a time.")
                .RequireRight(ElectricityRights.RunDays)
                .Books<WorkDateResponse>()
                .ProducesRefusals<WorkDateTaken, PowerSideSilent, PowerSideRefused>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Body.Date).GreaterThan(new DateOnly(2000, 1, 1));
    }

    internal sealed class Handler(AppDb db, PowerClient power, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, WorkDateResponse>
    {
        protected override async Task<Outcome<Booking<WorkDateResponse>>> Decide(Command command, CancellationToken ct)
        {
            var date = command.Body.Date;
            if (await db.Set<WorkDate>().AnyAsync(d => d.Date == date || d.OpenKey == WorkDate.Key, ct))
            {
                return new WorkDateTaken();
            }

            var answer = await power.SignOn(date, ct);
            if (answer.No is { } no)
            {
                return new PowerSideRefused(no.Code);
            }

            if (answer.IsUnknown)
            {
                return new PowerSideSilent();
            }

            var day = WorkDateBookings.New(date, clock);
            return new Booking<WorkDateResponse>(
                Ids.Next(),
                request.Actor,
                new AuditNote("sign-on-power-side", $"work-date:{date:yyyy-MM-dd}"),
                _ => Answer.Created(WorkDateResponse.Location(date), WorkDateResponse.Of(day))
            )
                .Insert(day)
                .IfDuplicate(WorkDate.DateIndex, new WorkDateTaken())
                .IfDuplicate(WorkDate.OpenIndex, new WorkDateTaken());
        }
    }
}
