using System.Globalization;

namespace Billing.TopUps.Sales;

/// <summary>What the service desk looks up by.</summary>
/// <param name="ReceiptNumber" example="1024">The receipt's number, 1 to 12 digits.</param>
/// <param name="From">The first receipt date.</param>
/// <param name="To">The last receipt date; at most 31 days from the first.</param>
/// <param name="TopUpState" example="failed">all, or one state; failed where it is left out.</param>
public sealed record LookUpTopUpsRequest(string ReceiptNumber, DateOnly From, DateOnly To, string? TopUpState = null);

/// <summary>What was found.</summary>
/// <param name="Items">At most 100 top-ups, oldest first.</param>
/// <param name="AskedNow" example="1">How many were overdue and asked for at once.</param>
public sealed record TopUpLookUp(IReadOnlyList<TopUpResponse> Items, int AskedNow);

/// <summary>
/// The service desk looks a receipt up (MT-01.3, MT-01.6): failed ones unless it asks for another state. One that should have an end by now is
/// asked for at once.
/// </summary>
internal static class LookUpTopUps
{
    private const int AskedAtOnce = 10;
    private const int Days = 31;

    internal sealed record Command(LookUpTopUpsRequest Body) : IWorkCommand<TopUpLookUp>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/top-ups/look-ups",
                    (LookUpTopUpsRequest body, Sender send, CancellationToken ct) =>
                        send.Work(new Command(body), r => Results.Json(r, Json.Options), ct)
                )
                .WithName(nameof(LookUpTopUps))
                .WithSummary("Look a receipt's top-ups up at the desk")
                .WithDescription(
                    "Finds the top-ups of a receipt of the caller's store, by default the failed ones. A top-up that has no end after the "
                        + "minutes of the parameter top-up-overdue-minutes is asked for at the carrier before the answer, at most 10 of them."
                )
                .RequireRight(TopUpRights.LookUp)
                .Reads<TopUpLookUp>()
                .ProducesRefusals<ValidationFailed>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.ReceiptNumber).NotNull().ReceiptNumber();
            RuleFor(c => c.Body.TopUpState).StateName();
            RuleFor(c => c.Body.To)
                .Must((c, to) => to >= c.Body.From && to.DayNumber - c.Body.From.DayNumber < Days)
                .WithErrorCode("period")
                .WithMessage("At most 31 days, and not before the first date.", "最多 31 天，且不得早于起始日期。");
        }
    }

    internal sealed class Handler(
        AppDb db,
        Parameters parameters,
        TopUpSteps steps,
        TopUpViews views,
        RequestContext request,
        TimeProvider clock
    ) : WorkHandler<Command, TopUpLookUp>
    {
        protected override async Task<Outcome<TopUpLookUp>> Run(Command command, CancellationToken ct)
        {
            var (body, branchId) = (command.Body, request.Caller.BranchId);
            var number = long.Parse(body.ReceiptNumber, CultureInfo.InvariantCulture);
            var found = db.Set<TopUp>()
                .AsNoTracking()
                .Where(t => t.BranchId == branchId && t.ReceiptDate >= body.From && t.ReceiptDate <= body.To && t.ReceiptNumber == number);
            var minutes = await parameters.Number(TopUpParameters.OverdueMinutes, branchId, ct);
            var overdue = await found.Overdue(clock.GetUtcNow().UtcDateTime.AddMinutes(-minutes)).Take(AskedAtOnce).ToListAsync(ct);
            foreach (var topUp in overdue)
            {
                await steps.GoOn(topUp);
            }

            var shown = found.InState(body.TopUpState ?? Json.Name(TopUpState.Failed));
            var rows = await views.Rows(shown).Take(TopUpLimits.LookedUp).ToListAsync(ct);
            return new TopUpLookUp([.. rows.Select(TopUpViews.Of)], overdue.Count);
        }
    }
}
