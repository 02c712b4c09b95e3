namespace Issuance;

/// <summary>A cheque as its customer's page shows it (FC-43.1).</summary>
/// <param name="ChequeId" example="126437891174400000">Names it in payments.</param>
/// <param name="Bank" example="工商银行">开户银行.</param>
/// <param name="ChequeNumber" example="31300512">支票编号.</param>
/// <param name="Amount" example="5000000">Fen.</param>
/// <param name="Left" example="5000000">Fen that are left of it; 0 while it cannot be used.</param>
/// <param name="Standing" example="cleared">received, cleared, used or bounced.</param>
/// <param name="ReceivedDate">When.</param>
public sealed record CustomerCheque(
    string ChequeId,
    string Bank,
    string ChequeNumber,
    long Amount,
    long Left,
    string Standing,
    DateOnly ReceivedDate
);

/// <summary>
/// A customer's cheques. The module that keeps them stands to the right of this one and is not seen from here, so it brings its own reader.
/// </summary>
public abstract class ChequesOfCustomer
{
    /// <summary>The newest first.</summary>
    public abstract Task<IReadOnlyList<CustomerCheque>> Newest(long customerId, int most, CancellationToken ct);
}
