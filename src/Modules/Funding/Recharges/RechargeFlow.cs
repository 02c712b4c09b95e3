using System.Text.Json;
using Funding.Collections;
using Funding.Contracts;
using Funding.Loads;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Cryptography.Profiles;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Funding.Recharges;

/// <summary>
/// Books a recharge into the purse (FC-09.7, FC-16): what was paid goes into the card's reserve account, and from there the load is as any other. So
/// whatever the chip does, the money is in the reserve account or on the card. The first recharge of a bearer card books its payment here, with the
/// first that is heard of the card.
/// </summary>
internal sealed class RechargeFlow(AppDb db, LoadOrders orders) : CardOperationFlow
{
    public const string Name = "recharge";

    private readonly LoadFlow _load = new(db, orders, CardApplication.Money);

    public override string Kind => Name;

    public override async Task<Refusal?> Book(CardOperation operation, BookingPoint point, Booking booking, CancellationToken ct)
    {
        if (point is not PurseScript.Received)
        {
            return await _load.Book(operation, point, booking, ct);
        }

        var order = JsonSerializer.Deserialize<LoadOrder>(operation.Order, Json.Options)!;
        var payment = order.Payment!;
        var found = await db.CardView(order.CardNumber, ct);
        var contract = await db.Contract(payment.ContractCode, ct);
        if (found is null)
        {
            return new CardNotFound();
        }

        if (found.Unusable() is { } unusable)
        {
            return unusable;
        }

        var paid = Payment.Check(booking.Actor, payment, found, contract);
        if (paid.Refusal is { } refusal)
        {
            return refusal;
        }

        paid.Value.AddTo(booking, Into(found.Card));
        return null;
    }

    public override Task<NewCardOperation?> Follow(CardOperation operation, CancellationToken ct) => _load.Follow(operation, ct);

    public static PaymentTarget Into(Card card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return new PaymentTarget(IssuanceTransactions.Recharge, card.Reserve, card.ReservePoints);
    }
}
