namespace Billing.Electricity;

/// <summary>What accounts of this business belong to.</summary>
public static class ElectricityOwners
{
    /// <summary>A supply company (核算单位).</summary>
    public static readonly AccountOwner Unit = new("unit");

    /// <summary>A payer's deposit account.</summary>
    public static readonly AccountOwner PayerAccount = new("payer");

    /// <summary>A payment that could not be completed.</summary>
    public static readonly AccountOwner Payment = new("payment");
}

/// <summary>
/// The accounts of collection of electricity bills. Those of a unit keep no balance, since the 200,000 lines of one batch meet there: what they hold
/// is a sum, and zero after the sweep.
/// </summary>
public static class ElectricityAccounts
{
    /// <summary>Money whose payment the power side has not confirmed.</summary>
    public static readonly AccountType InDoubt = new(
        61,
        "powerInDoubt",
        ElectricityOwners.Unit,
        Keeping.None,
        "Collected, and not yet confirmed by the power side.",
        "代收电费待确认款"
    );

    /// <summary>其他应付款—代收电费.</summary>
    public static readonly AccountType Transit = new(
        62,
        "merchantTransit",
        ElectricityOwners.Unit,
        Keeping.None,
        "Collected for a supply company, until the sweep of the day.",
        "其他应付款—代收电费"
    );

    /// <summary>The supply company's account.</summary>
    public static readonly AccountType Settlement = new(
        63,
        "merchantSettlement",
        ElectricityOwners.Unit,
        Keeping.None,
        "The supply company's settlement account.",
        "供电公司结算账户"
    );

    /// <summary>其他应解汇款.</summary>
    public static readonly AccountType OtherTransfers = new(
        64,
        "otherTransfers",
        ElectricityOwners.Unit,
        Keeping.None,
        "Money of other banks' cheques, until it is paid in for a supply company.",
        "其他应解汇款"
    );

    /// <summary>60303002.</summary>
    public static readonly AccountType FeeIncome = new(
        65,
        "collectionFeeIncome",
        AccessOwners.Branch,
        Keeping.None,
        "Fees for collecting (60303002).",
        "代收公用事业费业务收入（60303002）"
    );

    /// <summary>A payer's deposits.</summary>
    public static readonly AccountType Payer = new(
        66,
        "payerAccount",
        ElectricityOwners.PayerAccount,
        Keeping.Guarded,
        "A payer's deposit account.",
        "缴费人存款账户"
    );

    /// <summary>What is owed to a payer who is not at the counter any more.</summary>
    public static readonly AccountType Owed = new(
        67,
        "powerOwed",
        ElectricityOwners.Payment,
        Keeping.Guarded,
        "Owed to a payer whose payment was refused or reversed after the payer had left.",
        "应退缴费人款"
    );

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<AccountType> All = [InDoubt, Transit, Settlement, OtherTransfers, FeeIncome, Payer, Owed];
}
