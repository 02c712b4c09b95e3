using Meters.Supplies;

namespace Meters.Tokens;

/// <summary>Shows the last token of a meter again: the user lost the paper (PM-14.1).</summary>
internal static class GetLastMeterToken
{
    internal sealed record Query(long SupplyId) : IQuery<MeterTokenSold>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/meter-supplies/{supplyId:long}/tokens/last",
                    (long supplyId, Sender send, CancellationToken ct) => send.Query(new Query(supplyId), ct)
                )
                .WithName(nameof(GetLastMeterToken))
                .WithSummary("Get the last token again")
                .WithDescription(
                    "The meter takes a token once, so showing it again gives nothing twice. Its receipt can be printed again, too."
                )
                .RequireRight(MeterRights.Sell)
                .Reads<MeterTokenSold>()
                .ProducesRefusals<MeterSupplyNotFound>();
    }

    internal sealed class Handler(AppDb db) : QueryHandler<Query, MeterTokenSold>
    {
        protected override async Task<Outcome<MeterTokenSold>> Read(Query query, CancellationToken ct)
        {
            var id = await db.Set<TokenMeter>()
                .Where(m => m.SupplyId == query.SupplyId)
                .Select(m => m.LastTokenId)
                .SingleOrDefaultAsync(ct);
            var token = id is null ? null : await db.Set<MeterToken>().SingleOrDefaultAsync(t => t.Id == id, ct);
            return token is null ? new MeterSupplyNotFound() : SellMeterToken.Shown(token, token.BusinessDate);
        }
    }
}
