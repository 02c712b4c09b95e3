namespace Meters.Prices;

/// <summary>Shows a price with its history.</summary>
internal static class GetMeterPrice
{
    internal sealed record Query(long PriceId) : IQuery<MeterPriceItem>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/meter-prices/{priceId:long}",
                    (long priceId, Sender send, CancellationToken ct) => send.Query(new Query(priceId), ct)
                )
                .WithName(nameof(GetMeterPrice))
                .WithSummary("Get a price")
                .WithDescription("Shows what the price costs from which date, oldest first. The ETag is for If-Match.")
                .RequireRight(MeterRights.See)
                .Reads<MeterPriceItem>()
                .ProducesRefusals<MeterPriceNotFound>();
    }

    internal sealed class Handler(AppDb db, PriceViews prices) : QueryHandler<Query, MeterPriceItem>
    {
        protected override async Task<Outcome<MeterPriceItem>> Read(Query query, CancellationToken ct)
        {
            var found = await prices.Of(db.Set<MeterPrice>().Where(p => p.Id == query.PriceId), ct);
            return found.Count == 0 ? new MeterPriceNotFound() : found[0];
        }
    }
}
