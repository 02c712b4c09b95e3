using FluentValidation;
using Issuance;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Refunds.Refunding;

/// <summary>Why a refund came back.</summary>
/// <param name="Reason" example="The account is closed.">The bank's reason, 1 to 200 characters.</param>
public sealed record ReturnRefundRequest(string Reason);

/// <summary>退款退回: the money of a refund that was sent came back, into the customer's quota account (FC-26.7).</summary>
internal static class ReturnRefund
{
    internal sealed record Command(string SerialNumber, ReturnRefundRequest Body) : IBookingCommand<RefundView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/refunds/{serialNumber}/return",
                    (string serialNumber, ReturnRefundRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(serialNumber, body), ct)
                )
                .WithName(nameof(ReturnRefund))
                .WithOperation("ReturnRefund")
                .WithSummary("Record that a refund came back")
                .WithDescription(
                    "Books the money back to the customer's quota account, also after closing. It can be refunded again, by the same or "
                        + "another allowed way."
                )
                .RequireRight(RefundRights.Confirm)
                .EndsRefunds();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SerialNumber).SerialNumber();
            RuleFor(c => c.Body.Reason).NotEmpty().PlainText(Limits.Remark);
        }
    }

    internal sealed class Handler(RefundEnds ends, RequestContext request) : BookingHandler<Command, RefundView>
    {
        protected override async Task<Outcome<Booking<RefundView>>> Decide(Command command, CancellationToken ct)
        {
            var found = await ends.Find(command.SerialNumber, RefundState.Returned, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var refund = found.Value;
            (refund.State, refund.Reason) = (RefundState.Returned, command.Body.Reason);
            var booking = await ends.End(refund, RefundTransactions.Returned, request.Actor, "return-refund", command.Body.Reason, ct);
            await ends.GiveBack(booking, refund, ct);
            return booking
                .Move(refund.InTransit, new AccountRef(IssuanceAccounts.Quota, refund.CustomerId), refund.Amount)
                .DecidedOn(refund.InTransit, RefundEnds.Sent);
        }
    }
}
