namespace Billing.TopUps.Sales;

/// <summary>What was given back.</summary>
/// <param name="SerialNumber" example="00150224112025602073">Of the refund.</param>
/// <param name="TopUpSerialNumber" example="00150224112025602057">Of the top-up.</param>
/// <param name="Amount" example="5000">Fen.</param>
/// <param name="Documents">The address of the return slip.</param>
public sealed record TopUpRefundResponse(string SerialNumber, string TopUpSerialNumber, long Amount, string Documents);

/// <summary>Gives the money of a failed top-up back at the desk, once, with a return slip (MT-01.3).</summary>
internal static class RefundTopUp
{
    internal sealed record Command(string SerialNumber) : IBookingCommand<TopUpRefundResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/top-ups/{serialNumber}/refund",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Book(new Command(serialNumber), ct)
                )
                .WithName(nameof(RefundTopUp))
                .WithOperation("RefundTopUp")
                .WithSummary("Refund a failed top-up")
                .WithDescription(
                    "Only the store that sold it refunds a failed top-up, once. Any other state refuses. The answer names the return slip."
                )
                .RequireRight(TopUpRights.Refund)
                .Books<TopUpRefundResponse>()
                .ProducesRefusals<TopUpUnknown, TopUpOfOtherBranch, TopUpStateForbids, TopUpRefunded>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(AppDb db, RequestContext request) : BookingHandler<Command, TopUpRefundResponse>
    {
        protected override async Task<Outcome<Booking<TopUpRefundResponse>>> Decide(Command command, CancellationToken ct)
        {
            var topUpId = SerialNumber.Parse(command.SerialNumber);
            var topUp = await db.Set<TopUp>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == topUpId, ct);
            if (topUp is null)
            {
                return new TopUpUnknown();
            }

            if (topUp.BranchId != request.Caller.BranchId)
            {
                return new TopUpOfOtherBranch();
            }

            if (topUp.State != TopUpState.Failed)
            {
                return new TopUpStateForbids(topUp.State);
            }

            if (topUp.RefundId is not null)
            {
                return new TopUpRefunded();
            }

            var (id, actor) = (Ids.Next(), request.Actor);
            topUp.RefundId = id;
            return new Booking<TopUpRefundResponse>(
                id,
                actor,
                new AuditNote("refund-top-up", $"top-up:{topUp.Id}"),
                p =>
                    Answer.Created(
                        $"/v1/transactions/{p.SerialNumber}",
                        new TopUpRefundResponse(
                            p.SerialNumber,
                            topUp.SerialNumber,
                            topUp.Amount,
                            $"/v1/transactions/{p.SerialNumber}/documents"
                        )
                    )
            )
                .WithHead(
                    new Transaction(id, TopUpTransactions.Refund, actor)
                    {
                        Amount = topUp.Amount,
                        ReferenceNumber = topUp.SerialNumber,
                        CorrectsId = topUp.Id,
                    }
                )
                .Move(topUp.RefundDue, topUp.TillClaim, topUp.Amount)
                .Update(topUp)
                .IfDuplicate(Transaction.CorrectsIndex, new TopUpRefunded())
                .Raise(TopUpEvents.Refunded.Of(topUp.Id, new TopUpEnded(topUp.SerialNumber, "refunded", topUp.Amount)));
        }
    }
}
