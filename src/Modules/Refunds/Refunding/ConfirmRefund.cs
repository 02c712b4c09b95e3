using Counter.Payments;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Refunds.Refundable;

namespace Refunds.Refunding;

/// <summary>退款到账: the money of a refund that was sent has arrived (FC-26.7).</summary>
internal static class ConfirmRefund
{
    internal sealed record Command(string SerialNumber) : IBookingCommand<RefundView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/refunds/{serialNumber}/confirmation",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Book(new Command(serialNumber), ct)
                )
                .WithName(nameof(ConfirmRefund))
                .WithOperation("ConfirmRefund")
                .WithSummary("Confirm a refund that was sent")
                .WithDescription(
                    "Records that the money of a refund by bank card, cheque or transfer has arrived. Its handling fee must be paid before."
                )
                .RequireRight(RefundRights.Confirm)
                .EndsRefunds()
                .ProducesRefusals<RefundFeeDue>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(RefundEnds ends, RequestContext request) : BookingHandler<Command, RefundView>
    {
        protected override async Task<Outcome<Booking<RefundView>>> Decide(Command command, CancellationToken ct)
        {
            var found = await ends.Find(command.SerialNumber, RefundState.Confirmed, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var refund = found.Value;
            if (refund.OwesFee)
            {
                return new RefundFeeDue(SerialNumber.Of(refund.Id), refund.FeeDue);
            }

            refund.State = RefundState.Confirmed;
            // A cheque leaves the bank's account as a transfer does; both go from the branch that sent them.
            var method = refund.Way == RefundWay.BankCard ? PaymentMethod.BankCard : PaymentMethod.Transfer;
            var from = method.AccountAt(new Actor(refund.BranchId, refund.OperatorId))!.Value;
            var booking = await ends.End(refund, RefundTransactions.Confirmed, request.Actor, "confirm-refund", remark: null, ct);
            return booking.Move(refund.InTransit, from, refund.Amount).DecidedOn(refund.InTransit, RefundEnds.Sent);
        }
    }
}
