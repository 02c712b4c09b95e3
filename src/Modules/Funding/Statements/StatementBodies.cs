using Counter.Payments;
using Platform.Parameters;

namespace Funding.Statements;

/// <summary>The entry of a transaction on one account of the customer or card.</summary>
/// <param name="Account" example="quota">The kind of account.</param>
/// <param name="Owner" example="1900000009">The customer code or card number of the account.</param>
/// <param name="Unit" example="fen">What it counts.</param>
/// <param name="Amount" example="50000">Positive for a credit, negative for a debit.</param>
/// <param name="BalanceAfter" example="150000">The account's new balance.</param>
public sealed record StatementBalance([property: AccountTypeName] string Account, string Owner, Unit Unit, long Amount, long BalanceAfter);

/// <summary>One transaction of a statement.</summary>
/// <param name="SerialNumber" example="00030150224112025607">The serial number. It gets the transaction with its full double entry.</param>
/// <param name="Type" example="collection">The type of the transaction.</param>
/// <param name="BranchCode" example="10000001">Where.</param>
/// <param name="RequestedBy" example="li.na">The login of the operator who booked it.</param>
/// <param name="BusinessDate" example="2026-11-22">The branch's business date of the booking.</param>
/// <param name="BookedAt" example="2026-11-22T02:15:30.1234567Z">When.</param>
/// <param name="CustomerCode" example="1900000009">The customer code; null without a customer.</param>
/// <param name="CardNumber" example="0000019000000000">The card number; null without a card.</param>
/// <param name="Amount" example="50000">Fen.</param>
/// <param name="Bonus" example="0">Fen of bonus.</param>
/// <param name="Points" example="0">Points.</param>
/// <param name="Fee" example="0">Fen of fees.</param>
/// <param name="Deposit" example="0">Fen of deposit.</param>
/// <param name="PaymentMethod" example="cash">The payment method.</param>
/// <param name="ReferenceNumber" example="POS-20261122-0007">The number of the slip or voucher.</param>
/// <param name="Remark" example="fleet of the northern depot">A remark.</param>
/// <param name="CorrectsSerialNumber" example="00030150224112025508">The transaction that this one corrects.</param>
/// <param name="QuotaBalance" example="150000">The customer's quota balance in fen after the transaction, even if unchanged; null without a
/// customer.</param>
/// <param name="Balances">The entries on the accounts of the customer and the card.</param>
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
