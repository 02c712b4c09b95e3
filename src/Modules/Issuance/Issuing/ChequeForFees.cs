namespace Issuance.Issuing;

/// <summary>
/// Finds the cheque that pays fees (FC-31.4) by its id: the id of its account, when it is this customer's and usable, else
/// <see cref="FeeChequeNotUsable"/>. Brought by the module Cheques, which stands after this one.
/// </summary>
public delegate Task<Outcome<long>> ChequeForFees(string chequeId, long customerId, CancellationToken ct);

/// <summary>
/// The account that takes fees back which a cheque was held for and whose card was never written: the cheque's own, or, when it bounced
/// meanwhile, what the customer owes for it. Adds the cheque's row to the booking, so that a bounce at the same time decides again.
/// </summary>
public delegate Task<AccountRef> ChequeTakesFeesBack(
    AccountRef cheque,
    AccountRef quota,
    long amount,
    Booking booking,
    CancellationToken ct
);

/// <summary>The cheque cannot pay these fees.</summary>
/// <param name="Reason">cheque-not-found, cheque-not-cleared, cheque-bounced or cheque-too-small.</param>
public sealed record FeeChequeNotUsable(string Reason)
    : Refusal("fee-cheque-not-usable", 409, $"The cheque cannot be used: {Reason}.", $"该支票不能使用（{Reason}）。");
