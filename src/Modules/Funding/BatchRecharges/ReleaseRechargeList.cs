using Customers;
using FluentValidation;
using Issuance;
using Issuance.Bonus;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Funding.BatchRecharges;

/// <summary>
/// Reviews a submitted list and releases it (FC-22.1): the whole amount moves from the unit's quota account into the list's account, so that nothing
/// else can spend it while the lines are posted. Only paid money moves: bonus is not refundable, and must not become so in other hands.
/// </summary>
internal static class ReleaseRechargeList
{
    internal sealed record Command(string SerialNumber) : IBookingCommand<RechargeListView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/recharge-lists/{serialNumber}/release",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Book(new Command(serialNumber), ct)
                )
                .WithName(nameof(ReleaseRechargeList))
                .WithOperation("ReleaseRechargeList")
                .WithSummary("Review and release a recharge list")
                .WithDescription(
                    "The reviewer is another operator of the submitting branch or of a branch above it. The paid money in the unit's "
                        + "quota account must cover the list. The release reserves this money immediately, and the lines are posted in "
                        + "the background."
                )
                .RequireRight(FundingRights.ReleaseRechargeList)
                .Books<RechargeListView>()
                .Refuses(typeof(RechargeListNotFound), typeof(OwnRechargeList), typeof(RechargeListStateForbids))
                .ProducesRefusals<CustomerNotUsable, UnitHasClaim, QuotaDoesNotCoverList>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(AppDb db, RechargeListDesk desk, BonusLeft bonusLeft, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, RechargeListView>
    {
        protected override async Task<Outcome<Booking<RechargeListView>>> Decide(Command command, CancellationToken ct)
        {
            var found = await desk.Find(command.SerialNumber, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var list = found.Value;
            var unit = await db.Set<Customer>().SingleAsync(c => c.Id == list.CustomerId, ct);
            var money = await CustomerMoney.Read(db, bonusLeft, unit.Id, ct);
            if ((Refuse(list, unit) ?? NotCovered(list, money)) is { } no)
            {
                return no;
            }

            var id = Ids.Next();
            (list.State, list.ReleasedById, list.ReleasedAt) = (RechargeListState.Released, id, clock.GetUtcNow().UtcDateTime);
            list.ReleaserId = request.Caller.OperatorId;
            var booking = RechargeListBooking
                .Step(
                    id,
                    request.Actor,
                    "release-recharge-list",
                    FundingTransactions.RechargeListReleased,
                    list,
                    list.Amount,
                    await desk.ViewOf(list, ct)
                )
                .Move(unit.Quota, list.Account, list.Amount)
                .IfShort(unit.Quota, balance => new QuotaDoesNotCoverList(list.Amount, balance, money.Bonus))
                // How much of the balance is bonus was worked out from the entries up to this one.
                .DecidedOn(unit.Quota, money.QuotaVersion);
            foreach (var job in Jobs(list))
            {
                booking.Insert(job);
            }

            return booking;
        }

        private Refusal? Refuse(RechargeList list, Customer unit) =>
            list.OperatorId == request.Caller.OperatorId ? new OwnRechargeList()
            : list.State != RechargeListState.Submitted ? new RechargeListStateForbids(list.State)
            : unit.State != CustomerState.Active ? new CustomerNotUsable(Json.Name(unit.State))
            : null;

        private static Refusal? NotCovered(RechargeList list, CustomerMoney money) =>
            money.Claim > 0 ? new UnitHasClaim(money.Claim)
            : money.Refundable < list.Amount ? new QuotaDoesNotCoverList(list.Amount, money.Quota, money.Bonus)
            : null;

        private static IEnumerable<RechargeListJob> Jobs(RechargeList list)
        {
            for (var from = 1; from <= list.LastLine; from += RechargeListJob.Stretch)
            {
                yield return Job(list, RechargeListJobKind.Post, from);
            }

            yield return Job(list, RechargeListJobKind.Finish, 0);
        }

        private static RechargeListJob Job(RechargeList list, RechargeListJobKind kind, int from) =>
            new()
            {
                Id = Ids.Next(),
                ListId = list.Id,
                Kind = kind,
                FromLine = from,
                ToLine = from + RechargeListJob.Stretch - 1,
                LeasedUntil = RechargeListLimits.NeverLeased,
            };
    }
}
