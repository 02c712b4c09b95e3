using Issuance;
using Issuance.Issuing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Operations;

namespace Funding.Bearer;

/// <summary>A card of a sale, how its issue stands, and the transaction of its first recharge.</summary>
internal sealed record BegunBearerCard(BearerSaleCard Card, CardOperationState State, long? RechargeId)
{
    public static async Task<List<BegunBearerCard>> Read(AppDb db, long saleId, CancellationToken ct)
    {
        var rows = await db.Set<BearerSaleCard>()
            .Where(c => c.SaleId == saleId)
            .OrderBy(c => c.Number)
            .Join(db.Set<CardOperation>(), c => c.OperationId, o => o.Id, (c, o) => new { Card = c, o.State })
            .ToListAsync(ct);
        var customers = rows.ConvertAll(r => (long?)r.Card.CustomerId);
        var recharges = await db.Set<Transaction>()
            .Where(t => customers.Contains(t.CustomerId) && t.Type == IssuanceTransactions.Recharge.Name)
            .GroupBy(t => t.CardId)
            .Select(g => new { CardId = g.Key, Id = g.Min(t => t.Id) })
            .ToListAsync(ct);
        return rows.ConvertAll(r => new BegunBearerCard(r.Card, r.State, recharges.Find(t => t.CardId == r.Card.CardId)?.Id));
    }
}

/// <summary>Shows a sale of bearer cards and how far it has come.</summary>
internal static class GetBearerSale
{
    internal sealed record Query(long SaleId) : IQuery<BearerSaleView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/bearer-sales/{saleId:long}", (long saleId, Sender send, CancellationToken ct) => send.Query(new Query(saleId), ct))
                .WithName(nameof(GetBearerSale))
                .WithSummary("Get a sale of bearer cards")
                .RequireRight(FundingRights.SellBearerCards)
                .Reads<BearerSaleView>()
                .ProducesRefusals<NotFound>();
    }

    internal sealed class Handler(AppDb db, BearerCards bearer, RequestContext request) : QueryHandler<Query, BearerSaleView>
    {
        protected override async Task<Outcome<BearerSaleView>> Read(Query query, CancellationToken ct)
        {
            var branch = request.Caller.BranchId;
            var sale = await db.Set<BearerSale>().SingleOrDefaultAsync(s => s.Id == query.SaleId && s.BranchId == branch, ct);
            return sale is null ? new NotFound("bearer sale") : Show(sale, await BegunBearerCard.Read(db, sale.Id, ct), bearer);
        }
    }

    internal static BearerSaleView Show(BearerSale sale, List<BegunBearerCard> cards, BearerCards bearer) =>
        new(
            IdText.Of(sale.Id),
            sale.Count,
            cards.Count(c => c.State == CardOperationState.Confirmed),
            bearer.CardNumber(sale.FirstRunning),
            bearer.CardNumber(sale.FirstRunning + sale.Count - 1),
            sale.Fees.CardFee,
            sale.Fees.Deposit,
            sale.FirstRecharge.Amount,
            [
                .. cards.Select(c => new BearerSaleCardView(
                    c.Card.Number,
                    c.Card.CardNumber,
                    IdText.Of(c.Card.OperationId),
                    c.State,
                    c.RechargeId is { } id ? SerialNumber.Of(id) : null
                )),
            ]
        );
}
