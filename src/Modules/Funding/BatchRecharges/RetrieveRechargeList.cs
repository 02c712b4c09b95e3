using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Funding.BatchRecharges;

/// <summary>
/// The submitting branch takes the result of a finished list (FC-23.1): marks it, with a receipt of its own. The file itself can then be had as often
/// as it is asked for. That a list is marked is a booking, so it is not done by fetching the file: a GET changes nothing.
/// </summary>
internal static class RetrieveRechargeList
{
    internal sealed record Command(string SerialNumber) : IBookingCommand<RechargeListView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/recharge-lists/{serialNumber}/retrieval",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Book(new Command(serialNumber), ct)
                )
                .WithName(nameof(RetrieveRechargeList))
                .WithOperation("RetrieveRechargeList")
                .WithSummary("Retrieve the result of a recharge list")
                .WithDescription("Only the submitting branch can retrieve the result, once. The result file is then at GET …/result.")
                .RequireRight(FundingRights.RetrieveRechargeList)
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
            if (list.State != RechargeListState.Finished)
            {
                return new RechargeListStateForbids(list.State);
            }

            var id = Ids.Next();
            (list.State, list.RetrievedById, list.RetrievedAt) = (RechargeListState.Retrieved, id, clock.GetUtcNow().UtcDateTime);
            return RechargeListBooking.Step(
                id,
                request.Actor,
                "retrieve-recharge-list",
                FundingTransactions.RechargeListRetrieved,
                list,
                amount: 0,
                await desk.ViewOf(list, ct)
            );
        }
    }
}
