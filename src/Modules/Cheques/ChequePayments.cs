using Cheques.Claims;
using FluentValidation;
using Issuance.Issuing;
using Microsoft.EntityFrameworkCore;

namespace Cheques;

/// <summary>Paying with a cheque, and giving the amount back to it: what the modules after this one book against.</summary>
public sealed class ChequePayments(AppDb db)
{
    /// <summary>
    /// The cheque to pay with: this customer's, cleared or credited on sight (FC-09.5). Its account <see cref="Cheque.Left"/> is the debit side;
    /// refuse with <see cref="ChequeTooSmall"/> when it is short. Refusals: <see cref="ChequeIdRequired"/>, <see cref="ChequeNotFound"/>,
    /// <see cref="ChequeNotCleared"/>, <see cref="ChequeBounced"/>.
    /// </summary>
    public async Task<Outcome<Cheque>> Find(string? chequeId, long customerId, CancellationToken ct)
    {
        if (chequeId is null)
        {
            return new ChequeIdRequired();
        }

        var cheque = await Read(chequeId, ct);
        return cheque is null || cheque.CustomerId != customerId ? new ChequeNotFound()
            : cheque.State == ChequeState.Bounced ? new ChequeBounced()
            : !cheque.IsUsable ? new ChequeNotCleared()
            : cheque;
    }

    /// <summary>The same for fees, as the module Issuance asks: the id of the cheque's account.</summary>
    public async Task<Outcome<long>> FindForFees(string chequeId, long customerId, CancellationToken ct)
    {
        var found = await Find(chequeId, customerId, ct);
        return found.Refusal is { } refusal ? new FeeChequeNotUsable(refusal.Code) : found.Value.Id;
    }

    /// <summary>
    /// The account that takes an amount back which was paid with this cheque (FC-17.5): the cheque's own, or, when it was bounced meanwhile, the
    /// claim on the customer, as far as that is not paid (<see cref="ClaimSmaller"/>). The booking must also write the cheque's row
    /// (<c>Update</c>), so that a bounce or a payment of the claim at the same time decides again.
    /// </summary>
    public async Task<Outcome<(Cheque Cheque, AccountRef Account)>> GiveBackTo(string chequeId, long amount, CancellationToken ct)
    {
        var cheque = await Read(chequeId, ct) ?? throw new InvalidOperationException($"There is no cheque {chequeId}.");
        if (cheque.State != ChequeState.Bounced)
        {
            return (cheque, cheque.Left);
        }

        if (cheque.Owed < amount)
        {
            return new ClaimSmaller(cheque.Owed);
        }

        cheque.Owed -= amount;
        return (cheque, cheque.Claim);
    }

    /// <summary>
    /// The same for fees that were held for a card which was never written. This can no longer be refused. If the claim is
    /// already paid, the money goes to the customer's quota account.
    /// </summary>
    public async Task<AccountRef> GiveFeesBackTo(AccountRef cheque, AccountRef quota, long amount, Booking booking, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(booking);
        var row = await db.Set<Cheque>().SingleAsync(c => c.Id == cheque.Owner, ct);
        if (row.State == ChequeState.Bounced && row.Owed < amount)
        {
            return quota;
        }

        row.Owed -= row.State == ChequeState.Bounced ? amount : 0;
        booking.Update(row);
        return row.State == ChequeState.Bounced ? row.Claim : row.Left;
    }

    private Task<Cheque?> Read(string chequeId, CancellationToken ct) =>
        IdText.Parse(chequeId) is { } id ? db.Set<Cheque>().SingleOrDefaultAsync(c => c.Id == id, ct) : Task.FromResult<Cheque?>(null);
}
