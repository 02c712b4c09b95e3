using Access;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform;
using Platform.CardOperations;

namespace Funding;

/// <summary>
/// Closes the branch's business date (PL-04.1): freezes totals per operator, type and payment method, empties each drawer into the vault with
/// surplus and shortage to their own accounts (PL-04.4), and opens the next date. It decides and books while nobody else can book at the branch, so
/// that each booking is on one date and in one total (PL-04.3). The next date is the day after, or today in China where that is later: a branch
/// that was shut does not have to close the days in between.
/// </summary>
internal static class CloseDay
{
    public static readonly ApprovalAction CarryOverAction = new(
        "carry-over-card-operations",
        "Close the date and carry unresolved card operations over",
        "日结并结转未了卡业务"
    );
    public static readonly ApprovalAction AheadAction = new("close-day-ahead", "Close a date ahead of the calendar", "提前日结");
    public static readonly ApprovalAction BothAction = new(
        "close-day-ahead-and-carry-over",
        "Close a date ahead of the calendar and carry unresolved card operations over",
        "提前日结并结转未了卡业务"
    );
    private const int MaxUnresolvedShown = 100;

    internal sealed record Command(CloseDayRequest Body) : IDayLockedCommand<DayEndResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/branch-days/current/close",
                    (CloseDayRequest body, Sender send, CancellationToken ct) => send.BookUnderDayLock(new Command(body), ct)
                )
                .WithName(nameof(CloseDay))
                .WithOperation("CloseDay")
                .WithSummary("Close the business date")
                .WithDescription(
                    "Freezes the open date's totals, compares counted with booked cash, and moves the branch to the next date. Card operations that "
                        + "are not settled hold it open unless carryOver is set, with an approval (action carry-over-card-operations). A date "
                        + "after China's calendar date needs an approval (close-day-ahead), and both together one (close-day-ahead-and-carry-over)."
                )
                .RequireRight(FundingRights.CloseDay)
                .Books<DayEndResponse>()
                .Refuses(typeof(DayNotOpen), typeof(BusinessDateTooFarAhead), typeof(CashNotCounted), typeof(CountedOperatorUnknown))
                .Refuses(typeof(CardOperationsUnresolved))
                .TakesApproval();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.CountedCash).Count(0, Limits.CountedOperators);
            RuleFor(c => c.Body.CountedCash)
                .Must(c => c.Where(x => x is not null).Select(x => x.Operator).Distinct().Count() == c.Count)
                .WithErrorCode("Distinct")
                .WithMessage("Name each operator once.", "每个操作员只能出现一次。");
            RuleForEach(c => c.Body.CountedCash)
                .NotNull()
                .ChildRules(counted =>
                {
                    counted.RuleFor(c => c.Operator).NotNull().PlainText(Operator.LoginLength);
                    counted.RuleFor(c => c.Amount).InclusiveBetween(-Limits.CountedFen, Limits.CountedFen);
                });
        }
    }

    internal sealed class Handler(RequestContext request, TimeProvider clock) : DayLockedHandler<Command, DayEndResponse>
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

            var unresolved = await Unresolved(db, day.BranchId, ct);
            if (unresolved.Count > 0 && !body.CarryOver)
            {
                return new CardOperationsUnresolved(unresolved);
            }

            var today = ChinaCalendar.Today(clock);
            var action = Approval(carriesOver: unresolved.Count > 0, ahead: day.BusinessDate > today);
            if (action is not null && !request.IsApproved(action))
            {
                return request.ApprovalRequired(
                    action,
                    new ApprovalSubject
                    {
                        Facts =
                        [
                            new ApprovalFact("Business date", "营业日", Figures.Date(day.BusinessDate)),
                            new ApprovalFact("Unresolved card operations", "未了卡业务", $"{unresolved.Count}"),
                        ],
                    }
                );
            }

            var actor = action is null ? request.Actor : request.ApprovedActor(action);
            var id = Ids.Next();
            var totals = await DayTotals.Read(db, day.BranchId, day.BusinessDate, id, ct);
            var newest = await SealMark.Newest(db, ct);
            return DayEndDecision.Decide(id, actor, body, totals, newest?.ToPrint(), today);
        }

        private static ApprovalAction? Approval(bool carriesOver, bool ahead) =>
            (carriesOver, ahead) switch
            {
                (true, true) => BothAction,
                (true, false) => CarryOverAction,
                (false, true) => AheadAction,
                _ => null,
            };
    }

    /// <summary>
    /// Card operations that hold money or whose end nobody knows. One that has not begun holds nothing, and books on the date on which it begins.
    /// </summary>
    private static async Task<List<UnresolvedOperation>> Unresolved(AppDb db, long branchId, CancellationToken ct)
    {
        var rows = await db.Set<CardOperation>()
            .Where(o => o.BranchId == branchId)
            .Where(o =>
                o.State == CardOperationState.Held || o.State == CardOperationState.Unknown || o.State == CardOperationState.Exception
            )
            .OrderBy(o => o.Id)
            .Take(MaxUnresolvedShown)
            .Select(o => new
            {
                o.Id,
                o.Kind,
                o.CardNumber,
            })
            .ToListAsync(ct);
        return [.. rows.Select(o => new UnresolvedOperation(IdText.Of(o.Id), o.Kind, o.CardNumber))];
    }
}
