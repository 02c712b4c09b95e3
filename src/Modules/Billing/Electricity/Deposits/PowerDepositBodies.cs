using Billing.Electricity.Payments;

namespace Billing.Electricity.Deposits;

/// <summary>What the power side has under a payment number.</summary>
/// <param name="UnitCode" example="37010">核算单位.</param>
/// <param name="DepositNumber" example="JK20100105001">缴款编号.</param>
/// <param name="Amount" example="5000000">缴款金额, fen.</param>
/// <param name="Open">It can be paid in now.</param>
public sealed record PowerDepositResponse(string UnitCode, string DepositNumber, long Amount, bool Open);

/// <summary>Nothing is to be paid under this number.</summary>
public sealed record PowerDepositUnknown()
    : Refusal("power-deposit-unknown", 404, "The power company shows no amount for this number.", "电力方未返回缴款金额。");

/// <summary>The confirmed amount is not the one that the power side has.</summary>
/// <param name="Amount">Fen that the power side has.</param>
public sealed record PowerDepositAmount(long Amount)
    : Refusal("power-deposit-amount", 409, "The amount is not the one that the power company has.", "金额与电力方缴款金额不符。");

/// <summary>A deposit that is confirmed.</summary>
/// <param name="Amount" example="5000000">The amount that was shown, in fen: confirming it is sending it back.</param>
/// <param name="Method" example="cash">cash, account for an own bank's cheque, or otherTransfers for another bank's cheque whose money is in.</param>
/// <param name="AccountNumber" example="6223201234567890123">The account of an own bank's cheque.</param>
/// <param name="ChequeNumber" example="31300512">The number of an own bank's cheque.</param>
/// <param name="OtherBankCheque">The serial number of another bank's cheque (账户类别 2 内部户).</param>
public sealed record PayPowerDepositRequest(
    long Amount,
    CollectionMethod Method,
    string? AccountNumber = null,
    string? ChequeNumber = null,
    string? OtherBankCheque = null
);

/// <summary>A reversal of a deposit of the day.</summary>
/// <param name="Reason" example="金额录入错误">冲正原因, 1 to 200 characters.</param>
public sealed record ReversePowerDepositRequest(string Reason);
