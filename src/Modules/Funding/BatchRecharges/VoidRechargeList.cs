using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Funding.BatchRecharges;

/// <summary>
/// Takes a submitted list back before its review (FC-21.1). Any operator of the submitting branch with the right may. A review at the same moment and
/// this one meet in the list's version: one of them is refused.
/// </summary>
internal static class VoidRechargeList
{
    internal sealed record Command(string SerialNumber) : IBookingCommand<RechargeListView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/recharge-lists/{serialNumber}/void",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Book(new Command(serialNumber), ct)
                )
                .WithName(nameof(VoidRechargeList))
                .WithOperation("VoidRechargeList")
                .WithSummary("Void a recharge list")
                .WithDescription("Only the submitting branch can void a list, and only before its review. A voided list never posts.")
                .RequireRight(FundingRights.VoidRechargeList)
                .Books<RechargeListView>()
                .ProducesRefusals<RechargeListNotFound, RechargeListOfOtherBranch, RechargeListStateForbids>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(RechargeListDesk desk, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, RechargeListView>
    {
        protected override async Task<Outcome<Booking<RechargeListView>>> Decide(Command command, CancellationToken ct)
        {
            var found = await desk.FindOwn(command.SerialNumber, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var list = found.Value;
            if (list.State != RechargeListState.Submitted)
            {
                return new RechargeListStateForbids(list.State);
            }

            var id = Ids.Next();
            (list.State, list.VoidedById, list.VoidedAt) = (RechargeListState.Voided, id, clock.GetUtcNow().UtcDateTime);
            list.ContentKey = null;
            var view = await desk.ViewOf(list, ct);
            return RechargeListBooking.Step(
                id,
                request.Actor,
                "void-recharge-list",
                FundingTransactions.RechargeListVoided,
                list,
                amount: 0,
                view
            );
        }
    }
}
