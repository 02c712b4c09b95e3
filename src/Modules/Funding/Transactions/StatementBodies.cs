using Platform;

namespace Funding;

/// <summary>What a transaction did to one account of the customer or card.</summary>
/// <param name="Account" example="quota">The kind of account.</param>
/// <param name="Owner" example="1900000009">The customer code or card number it belongs to.</param>
/// <param name="Unit" example="fen">What it counts.</param>
/// <param name="Amount" example="50000">Credit above zero, debit below.</param>
/// <param name="BalanceAfter" example="150000">The account's balance after it.</param>
public sealed record StatementBalance(AccountKind Account, string Owner, Unit Unit, long Amount, long BalanceAfter);

/// <summary>One transaction of a statement (FC-43.2).</summary>
/// <param name="SerialNumber" example="00030150224112025607">By it the transaction is found with its whole double entry.</param>
/// <param name="Type" example="collection">What it was.</param>
/// <param name="BranchCode" example="10000001">Where.</param>
/// <param name="RequestedBy" example="li.na">The login of the operator who booked it.</param>
/// <param name="BusinessDate" example="2026-11-22">The branch's date it was booked on.</param>
/// <param name="BookedAt" example="2026-11-22T02:15:30.1234567Z">When.</param>
/// <param name="CustomerCode" example="1900000009">For whom.</param>
/// <param name="CardNumber" example="0000019000000000">By which card.</param>
/// <param name="Amount" example="50000">Fen.</param>
/// <param name="Bonus" example="0">Fen of bonus.</param>
/// <param name="Points" example="0">Points.</param>
/// <param name="Fee" example="0">Fen of fees.</param>
/// <param name="Deposit" example="0">Fen of deposit.</param>
/// <param name="PaymentMethod" example="cash">How it was paid.</param>
/// <param name="ReferenceNumber" example="POS-20261122-0007">The number of the slip or voucher.</param>
/// <param name="Remark" example="fleet of the northern depot">A remark.</param>
/// <param name="CorrectsSerialNumber" example="00030150224112025508">The transaction that this one corrects.</param>
/// <param name="QuotaBalance" example="150000">Fen in the customer's quota account after it, also where it did not touch that account; null without
/// a customer.</param>
/// <param name="Balances">What it did to the accounts of the customer and of the card.</param>
public sealed record StatementLine(
    string SerialNumber,
    string Type,
    string BranchCode,
    string RequestedBy,
    DateOnly BusinessDate,
    DateTime BookedAt,
    string? CustomerCode,
    string? CardNumber,
    long Amount,
    long Bonus,
    long Points,
    long Fee,
    long Deposit,
    PaymentMethod? PaymentMethod,
    string? ReferenceNumber,
    string? Remark,
    string? CorrectsSerialNumber,
    long? QuotaBalance,
    IReadOnlyList<StatementBalance> Balances
);
