using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Issuance.Issuing.SubCards;

/// <summary>A closed batch.</summary>
/// <param name="SerialNumber">The serial number of the closing. Its document is 「发副卡清单」.</param>
/// <param name="BatchId">The batch. <example>126437891174400000</example></param>
/// <param name="Cards">The number of cards that are issued or still being written. <example>3</example></param>
/// <param name="Document">The URL of the list. <example>/v1/transactions/00030150224112025607/documents/sub-card-list</example></param>
public sealed record SubCardBatchClosed(string SerialNumber, string BatchId, int Cards, string Document);

/// <summary>Ends a batch, so that its list can be printed (FC-03.7).</summary>
internal static class CloseSubCardBatch
{
    internal sealed record Command(long BatchId) : IBookingCommand<SubCardBatchClosed>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/sub-card-batches/{batchId:long}/close",
                    (long batchId, Sender send, CancellationToken ct) => send.Book(new Command(batchId), ct)
                )
                .WithName(nameof(CloseSubCardBatch))
                .WithOperation("CloseSubCardBatch")
                .WithSummary("Close a batch of sub-cards")
                .WithDescription("Closes the batch to further cards. Its list can then be printed.")
                .AllowSignedIn()
                .Books<SubCardBatchClosed>()
                .ProducesRefusals<NotFound, SubCardBatchOver>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.BatchId).GreaterThan(0);
    }

    internal sealed class Handler(AppDb db, RequestContext request) : BookingHandler<Command, SubCardBatchClosed>
    {
        protected override async Task<Outcome<Booking<SubCardBatchClosed>>> Decide(Command command, CancellationToken ct)
        {
            var batch = await db.Set<SubCardBatch>().SingleOrDefaultAsync(b => b.Id == command.BatchId, ct);
            if (batch is null || batch.OperatorId != request.Caller.OperatorId || batch.BranchId != request.Caller.BranchId)
            {
                return new NotFound("batch");
            }

            if (batch.ClosedById is not null)
            {
                return new SubCardBatchOver();
            }

            var cards = await db.Set<SubCardBatchCard>().CountAsync(c => c.BatchId == batch.Id, ct);
            var id = Ids.Next();
            batch.ClosedById = id;
            return Booking(id, batch, cards);
        }

        private Booking<SubCardBatchClosed> Booking(long id, SubCardBatch batch, int cards)
        {
            var batchId = IdText.Of(batch.Id);
            // The list names who approved what its cards needed (PL-02.5).
            var actor = request.Actor with
            {
                ApproverId = batch.MoreApproverId ?? batch.AmountsApproverId,
            };
            return new Booking<SubCardBatchClosed>(
                id,
                actor,
                new AuditNote("close-sub-card-batch", $"sub-card-batch:{batchId}"),
                p =>
                    Answer.Created(
                        $"/v1/sub-card-batches/{batchId}",
                        new SubCardBatchClosed(
                            p.SerialNumber,
                            batchId,
                            cards,
                            $"/v1/transactions/{p.SerialNumber}/documents/{Documents.SubCardList.Name}"
                        )
                    )
            )
                .WithHead(new Transaction(id, IssuanceTransactions.SubCardBatch, actor) { CustomerId = batch.CustomerId })
                .Update(batch);
        }
    }
}
