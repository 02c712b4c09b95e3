using Access;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform;

namespace Funding;

/// <summary>
/// Closes the branch's business date (PL-04.1): freezes totals per operator, type and payment method, empties each drawer into the vault with surplus and
/// shortage to their own accounts (PL-04.4), and opens the next date. It decides and books while nobody else can book at the branch, so that each booking is
/// on one date and in one total (PL-04.3). The next date is the day after, or today in China where that is later: a branch that was shut does not have to close
/// the days in between.
/// </summary>
internal static class CloseDay
{
    internal sealed record Command(CloseDayRequest Body) : IDayLockedCommand<DayEndResponse>;

    internal sealed class Endpoint : IEndpointModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/branch-days/current/close",
                    (CloseDayRequest body, Sender send, CancellationToken ct) => send.BookUnderDayLock(new Command(body), ct)
                )
                .WithName(nameof(CloseDay))
                .WithSummary("Close the business date")
                .WithDescription(
                    "Freezes the open date's totals, compares counted with booked cash, and moves the branch to the next date."
                )
                .RequireRight(FundingRights.CloseDay)
                .Books<DayEndResponse>()
                .Refuses(typeof(DayNotOpen), typeof(BusinessDateTooFarAhead), typeof(CashNotCounted), typeof(CountedOperatorUnknown));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.CountedCash)
                .Must(c => c.Count <= Limits.CountedOperators)
                .WithErrorCode("Count")
                .WithMessage("At most 200 operators.")
                .Must(c => c.Where(x => x is not null).Select(x => x.Operator).Distinct().Count() == c.Count)
                .WithErrorCode("Distinct")
                .WithMessage("Each operator once.");
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
        protected override DecisionUnderLock Decide(Command command)
        {
            var actor = request.Actor;
            return async (db, day, ct) =>
            {
                if (day.BusinessDate != command.Body.BusinessDate)
                {
                    return new DayNotOpen(day.BusinessDate);
                }

                var id = Ids.Next();
                var totals = await DayTotals.Read(db, day.BranchId, day.BusinessDate, id, ct);
                return DayEndDecision.Decide(id, actor, command.Body, totals, ChinaCalendar.Today(clock));
            };
        }
    }
}
