using Billing.Electricity.Documents;

namespace Billing.Electricity;

/// <summary>The types of transaction of collection of electricity bills.</summary>
public static class ElectricityTransactions
{
    /// <summary>Money taken from a payer; its serial number is the electricity serial number (电费流水号).</summary>
    public static readonly TransactionType Collection = new(
        "electricity-collection",
        "Electricity collection",
        "电费代收",
        ElectricityPapers.Invoice,
        ElectricityPapers.Voucher,
        ElectricityPapers.Person,
        ElectricityPapers.Passbook
    );

    /// <summary>The power side has it.</summary>
    public static readonly TransactionType Confirmed = new("electricity-confirmed", "Electricity payment confirmed", "电费代收确认");

    /// <summary>The power side refused it, and the money goes back.</summary>
    public static readonly TransactionType Refused = new("electricity-refused", "Electricity payment refused", "电费代收退回");

    /// <summary>当日电费冲正 (4625).</summary>
    public static readonly TransactionType Reversal = new(
        "electricity-reversal",
        "Electricity reversal",
        "当日电费冲正",
        ElectricityPapers.Reversal
    );

    /// <summary>What was owed to a payer, paid out.</summary>
    public static readonly TransactionType OwedPaid = new("electricity-owed-paid", "Owed electricity money paid out", "应退电费支付");

    /// <summary>One line of a batch.</summary>
    public static readonly TransactionType BatchDebit = new(
        "electricity-batch-debit",
        "Electricity batch debit",
        "电费批量代扣",
        ElectricityPapers.Invoice
    );

    /// <summary>电力方缴费 (4628).</summary>
    public static readonly TransactionType Deposit = new(
        "power-deposit",
        "Power-side deposit",
        "电力方缴费",
        ElectricityPapers.DepositCash,
        ElectricityPapers.DepositTransfer
    );

    /// <summary>The power side has it.</summary>
    public static readonly TransactionType DepositConfirmed = new(
        "power-deposit-confirmed",
        "Power-side deposit confirmed",
        "电力方缴费确认"
    );

    /// <summary>The power side refused it.</summary>
    public static readonly TransactionType DepositRefused = new("power-deposit-refused", "Power-side deposit refused", "电力方缴费退回");

    /// <summary>电力方缴费冲正 (4629).</summary>
    public static readonly TransactionType DepositReversal = new(
        "power-deposit-reversal",
        "Power-side deposit reversal",
        "电力方缴费冲正",
        ElectricityPapers.Reversal
    );

    /// <summary>An other bank's cheque taken in.</summary>
    public static readonly TransactionType ChequeAccepted = new(
        "power-cheque-accepted",
        "Other bank's cheque accepted",
        "他行支票受理",
        ElectricityPapers.Acceptance
    );

    /// <summary>Its money is in.</summary>
    public static readonly TransactionType ChequeCollected = new(
        "power-cheque-collected",
        "Other bank's cheque collected",
        "他行支票款项收妥"
    );

    /// <summary>The sweep of a day.</summary>
    public static readonly TransactionType Sweep = new("electricity-sweep", "Electricity sweep", "代收电费归集");

    /// <summary>单位客户服务收费 (1078).</summary>
    public static readonly TransactionType Fee = new(
        "electricity-fee",
        "Electricity collection fee",
        "代收电费手续费",
        ElectricityPapers.Fee
    );

    /// <summary>Money paid into a payer's account.</summary>
    public static readonly TransactionType PaidIn = new("payer-account-paid-in", "Paid into a deposit account", "存款账户存入");

    /// <summary>Money paid out of one.</summary>
    public static readonly TransactionType PaidOut = new("payer-account-paid-out", "Paid out of a deposit account", "存款账户支取");

    /// <summary>电费代扣签约信息维护 (4621).</summary>
    public static readonly TransactionType Contract = new("debit-contract", "Debit contract", "电费代扣签约", ElectricityPapers.Contract);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<TransactionType> All =
    [
        Collection,
        Confirmed,
        Refused,
        Reversal,
        OwedPaid,
        BatchDebit,
        Deposit,
        DepositConfirmed,
        DepositRefused,
        DepositReversal,
        ChequeAccepted,
        ChequeCollected,
        Sweep,
        Fee,
        PaidIn,
        PaidOut,
        Contract,
    ];
}
