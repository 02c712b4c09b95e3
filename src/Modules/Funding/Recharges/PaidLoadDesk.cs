using Cheques;
using Funding.Loads;
using Issuance;
using Issuance.Replacing;
using Microsoft.AspNetCore.Builder;
using Platform;
using Platform.CardOperations;

namespace Funding.Recharges;

/// <summary>A payment that nothing stands against, and that is about to be written onto a card, all or in part.</summary>
internal sealed record PaidLoad(CardView Found, CollectPaymentRequest Body, DiscountContract? Contract, Cheque? Cheque)
{
    public Gift Gift { get; } = Contract?.GiftFor(Body.Amount) ?? default;

    /// <summary>Fen that the payment brings, bonus with it.</summary>
    public long Brings => checked(Body.Amount + Gift.Bonus);
}

/// <summary>
/// What all functions ask that take a payment and load it in one go (FC-09.7, FC-09.8, FC-16): what a collection asks, and what a load asks, before
/// anything is booked.
/// </summary>
internal sealed class PaidLoadDesk(AppDb db, PurseLimits limits, ChequePayments cheques, RequestContext request, TimeProvider clock)
{
    /// <summary>The payment, or the first reason against it.</summary>
    /// <param name="amount">Fen that are to go onto the chip; null: all that the payment brings.</param>
    public async Task<Outcome<PaidLoad>> Check(
        CardFunction function,
        CardView? found,
        CollectPaymentRequest body,
        long? amount,
        CancellationToken ct
    )
    {
        if (function.Check(found) is { } unusable)
        {
            return unusable;
        }

        Cheque? cheque = null;
        if (body.PaymentMethod == PaymentMethod.Cheque)
        {
            var usable = await cheques.Find(body.ChequeId, found!.Customer.Id, ct);
            if (usable.Refusal is { } notUsable)
            {
                return notUsable;
            }

            cheque = usable.Value;
        }

        var contract = await db.Contract(body.ContractCode, ct);
        if (CollectPaymentDecision.Refuse(request.Actor, body, found!, contract, cheque) is { } refusal)
        {
            return refusal;
        }

        if (await db.LoadWaits(found!.Card.Id, clock.GetUtcNow().UtcDateTime, ct) is { } waits)
        {
            return waits;
        }

        var paid = new PaidLoad(found, body, contract, cheque);
        var room = await limits.Of(found.Card, request.Caller.BranchId, ct);
        return room.Refuse(amount ?? paid.Brings) is { } tooMuch ? tooMuch : paid;
    }
}

/// <summary>What the routes of these functions refuse alike.</summary>
internal static class PaidLoadRoutes
{
    public static RouteHandlerBuilder RefusesAsPaidLoad(this RouteHandlerBuilder route) =>
        route.RefusesAsPayment().Refuses(typeof(OverPurseLimit), typeof(ReplacementLoadWaits), typeof(CardBusy));
}
