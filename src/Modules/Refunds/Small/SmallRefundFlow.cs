using System.Text.Json;
using Funding;
using Funding.Loads;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Refunds.Small;

/// <summary>What a small refund's operation remembers: what the customer was told.</summary>
/// <param name="OnChip">Fen to unload.</param>
/// <param name="Cash">Fen to pay in cash.</param>
/// <param name="ToUnits">Fen that go back to units.</param>
internal sealed record SmallRefundOrder(
    long CardId,
    long CustomerId,
    string CardNumber,
    long OnChip,
    long Cash,
    long ToUnits,
    SmallRefundRequest Body
);

/// <summary>
/// Books a small refund when the chip has proved that it gave the money up: unload, sweep and payment in one transaction. So the customer has the
/// money once: on the chip, or in the hand. Where the balance is not any more what the customer was told, the unload alone is booked.
/// </summary>
internal sealed class SmallRefundFlow(AppDb db, SmallRefunding refunding) : CardOperationFlow
{
    public const string Name = "small-refund";

    /// <summary>The terminal a counter's card operations name.</summary>
    public const string Terminal = "000000000001";

    public override string Kind => Name;

    public override async Task<Refusal?> Book(CardOperation operation, BookingPoint point, Booking booking, CancellationToken ct)
    {
        if (point is not PurseScript.Done done)
        {
            return null;
        }

        var order = JsonSerializer.Deserialize<SmallRefundOrder>(operation.Order, Json.Options)!;
        var details = JsonSerializer.Serialize(
            new LoadDetails(order.CardNumber, order.OnChip, 0, done.BalanceAfter, done.Counter, done.Proof, done.By),
            Json.Options
        );
        var view = await db.Set<Card>()
            .Where(c => c.Id == order.CardId)
            .Join(db.Set<Customer>(), c => c.CustomerId, c => c.Id, (card, customer) => new CardView(card, customer))
            .SingleAsync(ct);
        var draft = await refunding.Draft(view, order.Body, order.OnChip, operation.BranchId, ct);
        // Where the card was settled without its being here, nobody stands at the counter to be paid.
        if (
            done.By != ConfirmedBy.Settlement
            && draft.Refusal is null
            && draft.Value.Cash == order.Cash
            && draft.Value.Refund.ToUnits == order.ToUnits
        )
        {
            await refunding.AddTo(booking, draft.Value, details, ct);
            return null;
        }

        booking
            .WithHead(
                new Transaction(booking.Id, FundingTransactions.Unload, booking.Actor)
                {
                    CustomerId = order.CustomerId,
                    CardId = order.CardId,
                    Amount = order.OnChip,
                    Details = details,
                }
            )
            .Move(view.Card.Purse, view.Customer.Quota, order.OnChip);
        return null;
    }
}
