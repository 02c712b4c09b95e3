using Platform.Parameters;

namespace Counter.Transactions;

/// <summary>A booked transaction with its entries.</summary>
/// <param name="SerialNumber" example="00030150224112025607">Its serial number.</param>
/// <param name="Type" example="collection">The type of the transaction.</param>
/// <param name="BranchCode" example="10000001">Where.</param>
/// <param name="RequestedBy" example="li.na">The login of the operator who booked it.</param>
/// <param name="ApprovedBy" example="wang.wei">The approver's login; null without an approval.</param>
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
/// <param name="CorrectedBySerialNumber" example="00030150224112025706">The transaction that corrected this one.</param>
/// <param name="Entries">Its double entry.</param>
public sealed record TransactionResponse(
    string SerialNumber,
    string Type,
    string BranchCode,
    string RequestedBy,
    string? ApprovedBy,
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
    string? CorrectedBySerialNumber,
    IReadOnlyList<TransactionEntry> Entries
);

/// <summary>One entry of a transaction.</summary>
/// <param name="Account" example="quota">The kind of account.</param>
/// <param name="Owner" example="1900000009">The owner of the account: customer code, card number, branch code, station code or operator
/// login.</param>
/// <param name="Unit" example="fen">What it counts.</param>
/// <param name="Amount" example="50000">Positive for a credit, negative for a debit. The entries of a transaction sum to zero in each
/// unit.</param>
/// <param name="BalanceAfter" example="150000">The account's new balance; null for the company's own accounts.</param>
public sealed record TransactionEntry([property: AccountTypeName] string Account, string Owner, Unit Unit, long Amount, long? BalanceAfter);
