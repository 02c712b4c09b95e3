using Cheques;
using Counter.Payments;
using Customers;
using Funding.Collections;
using Funding.Contracts;
using Funding.Loads;
using Issuance.Functions;
using Issuance.Replacing;
using Microsoft.AspNetCore.Builder;
using Platform.Cards.Operations;

namespace Funding.Recharges;

/// <summary>
/// What all functions ask that take a payment and load it in one go (FC-09.7, FC-09.8, FC-16): what a collection asks, and what a load asks, before
/// anything is booked.
/// </summary>
internal sealed class PaidLoadDesk(AppDb db, PurseLimits limits, ChequePayments cheques, RequestContext request, TimeProvider clock)
{
    /// <summary>The payment, or the first reason against it.</summary>
    /// <param name="amount">Fen that are to go onto the chip; null: all that the payment brings.</param>
    public async Task<Outcome<Payment>> Check(
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
        var paid = Payment.Check(request.Actor, body, found!, contract, cheque);
        if (paid.Refusal is not null)
        {
            return paid;
        }

        if (await db.LoadWaits(found!.Card.Id, clock.GetUtcNow().UtcDateTime, ct) is { } waits)
        {
            return waits;
        }

        var room = await limits.Of(found.Card, request.Caller.BranchId, ct);
        return room.Refuse(amount ?? paid.Value.Brings) is { } tooMuch ? tooMuch : paid;
    }
}

/// <summary>What the routes of these functions refuse alike.</summary>
internal static class PaidLoadRoutes
{
    public static RouteHandlerBuilder RefusesAsPaidLoad(this RouteHandlerBuilder route) =>
        route.RefusesAsPayment().Refuses(typeof(OverPurseLimit), typeof(ReplacementLoadWaits), typeof(CardBusy));
}
