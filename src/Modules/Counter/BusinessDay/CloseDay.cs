using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Approvals;
using Platform.Languages;
using Platform.Ledger.Requests;

namespace Counter.BusinessDay;

/// <summary>
/// Closes the branch's business date (PL-04.1): freezes totals per operator, type and payment method, empties each drawer into the vault with
/// surplus and shortage to their own accounts (PL-04.4), and opens the next date. It decides and books while nobody else can book at the branch, so
/// that each booking is on one date and in one total (PL-04.3). The next date is the day after, or today in China where that is later: a branch
/// that was shut does not have to close the days in between.
/// </summary>
internal static class CloseDay
{
    public static readonly ApprovalAction CarryOverAction = new(
        "carry-over-unresolved",
        "Close the date and carry over what is unresolved",
        "日结并结转未了业务"
    );
    public static readonly ApprovalAction AheadAction = new("close-day-ahead", "Close a date ahead of the calendar", "提前日结");
    public static readonly ApprovalAction BothAction = new(
        "close-day-ahead-and-carry-over",
        "Close a date ahead of the calendar and carry over what is unresolved",
        "提前日结并结转未了业务"
    );

    internal sealed record Command(CloseDayRequest Body) : IDayLockedCommand<DayEndResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app)
        {
            var checks = app.ServiceProvider.GetServices<IDayEndCheck>().ToList();
            app.MapPost(
                    "/branch-days/current/close",
                    (CloseDayRequest body, Sender send, CancellationToken ct) => send.BookUnderDayLock(new Command(body), ct)
                )
                .WithName(nameof(CloseDay))
                .WithOperation("CloseDay")
                .WithSummary("Close the business date")
                .WithDescription(
                    "Freezes the totals of the open date, compares counted with booked cash, and moves the branch to the next date. "
                        + string.Concat(checks.Select(Holds))
                        + $"A date after China's calendar date needs an approval (action {AheadAction.Name}). "
                        + $"Both together need one approval ({BothAction.Name})."
                )
                .RequireRight(CounterRights.CloseDay)
                .Books<DayEndResponse>()
                .Refuses(typeof(DayNotOpen), typeof(BusinessDateTooFarAhead), typeof(CashNotCounted), typeof(CountedOperatorUnknown))
                .Refuses([.. checks.Select(c => c.Refusal)])
                .TakesApproval();
        }

        private static string Holds(IDayEndCheck check) =>
            $"{check.What} hold it open unless carryOver is set, with an approval (action {check.CarryOver.Name}). ";
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.CountedCash).Count(0, DayEnd.MostCounted);
            RuleFor(c => c.Body.CountedCash)
                .Must(c => c.Where(x => x is not null).Select(x => x.Operator).Distinct().Count() == c.Count)
                .WithErrorCode("Distinct")
                .WithMessage("Name each operator once.", "每个操作员只能出现一次。");
            RuleForEach(c => c.Body.CountedCash)
                .NotNull()
                .ChildRules(counted =>
                {
                    counted.RuleFor(c => c.Operator).NotNull().PlainText(Operator.LoginLength);
                    counted.RuleFor(c => c.Amount).InclusiveBetween(-DayEnd.MostCountedFen, DayEnd.MostCountedFen);
                });
        }
    }

    internal sealed class Handler(
        RequestContext request,
        TimeProvider clock,
        IEnumerable<IDayEndCheck> checks,
        IEnumerable<IDayEndStep> steps
    ) : DayLockedHandler<Command, DayEndResponse>
    {
        protected override async Task<Outcome<Booking<DayEndResponse>>> Decide(
            Command command,
            AppDb db,
            BranchDay day,
            CancellationToken ct
        )
        {
            var body = command.Body;
            if (day.BusinessDate != body.BusinessDate)
            {
                return new DayNotOpen(day.BusinessDate);
            }

            var found = new List<(IDayEndCheck Check, DayEndFinding Finding)>();
            foreach (var check in checks)
            {
                found.Add((check, await check.Find(db, day.BranchId, ct)));
            }

            List<IDayEndCheck> holding = [.. found.Where(f => f.Finding.Refusal is not null).Select(f => f.Check)];
            if (holding.Count > 0 && !body.CarryOver)
            {
                return found.Select(f => f.Finding.Refusal).OfType<Refusal>().First();
            }

            var today = ChinaCalendar.Today(clock);
            var action = Approval(holding, ahead: day.BusinessDate > today);
            if (action is not null && !request.IsApproved(action))
            {
                var date = new ApprovalFact("Business date", "营业日", Figures.Date(day.BusinessDate));
                return request.ApprovalRequired(action, new ApprovalSubject { Facts = [date, .. found.Select(f => f.Finding.Fact)] });
            }

            var actor = action is null ? request.Actor : request.ApprovedActor(action);
            var id = Ids.Next();
            var totals = await DayTotals.Read(db, day.BranchId, day.BusinessDate, id, ct);
            var newest = await SealMark.Newest(db, ct);
            var decided = DayEndDecision.Decide(id, actor, body, totals, newest?.ToPrint(), today);
            return decided.Refusal is null && await Add(decided.Value, db, day, ct) is { } refusal ? refusal : decided;
        }

        /// <summary>What the modules do when the date closes goes into the booking that closes it.</summary>
        private async Task<Refusal?> Add(Booking booking, AppDb db, BranchDay day, CancellationToken ct)
        {
            foreach (var step in steps)
            {
                if (await step.Add(booking, db, day, ct) is { } refusal)
                {
                    return refusal;
                }
            }

            return null;
        }

        /// <summary>One approval, whatever it is for. What holds the date alone has an action of its own.</summary>
        private static ApprovalAction? Approval(List<IDayEndCheck> holding, bool ahead) =>
            (holding.Count, ahead) switch
            {
                (0, false) => null,
                (0, true) => AheadAction,
                (1, false) => holding[0].CarryOver,
                (_, false) => CarryOverAction,
                (_, true) => BothAction,
            };
    }
}
