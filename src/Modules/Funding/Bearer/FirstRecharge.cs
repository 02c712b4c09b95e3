using Funding.Loads;
using Funding.Statements;
using Issuance.Issuing;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Operations;

namespace Funding.Bearer;

/// <summary>
/// After a bearer card was issued its first recharge runs at once, under the same ticket. It is created with the issue's own end,
/// and books the payment with the first that is heard of the card, so that a card that was sold is never without its money.
/// </summary>
internal sealed class FirstRecharge(AppDb db, LoadOrders orders) : CardOperationFollower
{
    public override string After => BearerCards.OperationKind;

    public override async Task<NewCardOperation?> Follow(CardOperation operation, CancellationToken ct)
    {
        var sold = await db.Set<BearerSaleCard>()
            .Where(c => c.OperationId == operation.Id)
            .Join(db.Set<BearerSale>(), c => c.SaleId, s => s.Id, (card, sale) => new { card, sale })
            .SingleOrDefaultAsync(ct);
        return sold is { card: var card, sale: var sale }
            ? orders.Recharge(
                new LoadOrder(card.CardId, card.CustomerId, card.CardNumber, card.IssuerCode, card.LoadAmount, sale.FirstRecharge)
            )
            : null;
    }
}
