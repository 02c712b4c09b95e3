using Customers;
using Customers.Reach;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Cryptography.Profiles;
using Platform.Documents;

namespace Funding.Consumption;

/// <summary>Lists what stations took from a card (FC-39.1), in the order it came.</summary>
internal static class ListConsumption
{
    internal sealed record Query(string CardNumber, PageRequest Page) : IQuery<Page<ConsumptionItem>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/cards/{cardNumber}/consumption",
                    (string cardNumber, int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(cardNumber, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListConsumption))
                .WithSummary("List a card's consumption")
                .WithDescription("Lists consumption in the order of receipt. The counter gives the order on the chip.")
                .RequireRight(ConsumptionRights.See)
                .Reads<Page<ConsumptionItem>>()
                .ProducesRefusals<CardNotFound, PageInvalid, CustomerOutOfReach, TooManyLookUps>();
    }

    internal sealed class Handler(AppDb db, CustomerReach reach) : QueryHandler<Query, Page<ConsumptionItem>>
    {
        protected override async Task<Outcome<Page<ConsumptionItem>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var view = await db.CardView(query.CardNumber, ct);
            if (await reach.Whole(view?.Customer, ct) is { } refusal)
            {
                return refusal;
            }

            if (view is not { Card: var card })
            {
                return new CardNotFound();
            }

            var after = query.Page.AfterId;
            var rows = db.Set<ConsumptionRecord>().Where(r => r.CardId == card.Id && r.Id > after).OrderBy(r => r.Id);
            return await query.Page.Read(rows, r => r.Id, Item, ct);
        }

        private static ConsumptionItem Item(ConsumptionRecord row)
        {
            var money = row.Application == CardApplication.Money;
            return new ConsumptionItem(
                row.Counter,
                money ? row.Amount : 0,
                money ? 0 : row.Amount,
                row.StationCode,
                row.Terminal,
                row.TerminalTransaction,
                row.ConsumedAt.AtUtc(),
                row.OilType,
                row.Millilitres,
                row.State,
                row.TransactionId is { } id ? SerialNumber.Of(id) : null,
                row.ReceivedAt.AtUtc()
            );
        }
    }
}
