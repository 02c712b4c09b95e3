using Billing.TopUps.Carriers;

namespace Billing.TopUps.Pins;

/// <summary>Counts the stock against its batch (MT-05.1).</summary>
internal static class GetPinBatch
{
    internal sealed record Query(long BatchId) : IQuery<PinBatchResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/top-up-pin-batches/{pinBatchId:long}",
                    (long pinBatchId, Sender send, CancellationToken ct) => send.Query(new Query(pinBatchId), ct)
                )
                .WithName(nameof(GetPinBatch))
                .WithSummary("Count a batch of PINs")
                .WithDescription("Counts what is in stock, expired and sold of a batch; the three are what was received.")
                .RequireRight(TopUpRights.KeepPins)
                .Reads<PinBatchResponse>()
                .ProducesRefusals<NotFound>();
    }

    internal sealed class Handler(AppDb db, TimeProvider clock) : QueryHandler<Query, PinBatchResponse>
    {
        protected override async Task<Outcome<PinBatchResponse>> Read(Query query, CancellationToken ct)
        {
            var batch = await db.Set<PinBatch>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == query.BatchId, ct);
            if (batch is null)
            {
                return new NotFound("batch");
            }

            var today = ChinaCalendar.Today(clock);
            var code = await db.Set<TopUpCarrier>().Where(c => c.Id == batch.CarrierId).Select(c => c.Code).SingleAsync(ct);
            var pins = db.Set<TopUpPin>().Where(p => p.BatchId == batch.Id);
            var sold = await pins.CountAsync(p => p.State == PinState.Sold, ct);
            var expired = await pins.CountAsync(p => p.State == PinState.Stock && p.ExpiresOn < today, ct);
            var left = await pins.CountAsync(p => p.State == PinState.Stock && p.ExpiresOn >= today, ct);
            return new PinBatchResponse(IdText.Of(batch.Id), batch.Number, code, batch.Count, batch.Amount, left, expired, sold);
        }
    }
}
