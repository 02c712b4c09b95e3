namespace Meters;

/// <summary>What accounts of this module belong to.</summary>
public static class MeterOwners
{
    /// <summary>账户: one supplier's kind of meter at a site.</summary>
    public static readonly AccountOwner MeterAccount = new("meter-account");
}

/// <summary>The accounts of meters in the books.</summary>
public static class MeterLedger
{
    /// <summary>What was sold, less what was given back, of each meter account: the supplier's money.</summary>
    public static readonly AccountType Sales = new(
        71,
        "meterSales",
        MeterOwners.MeterAccount,
        Keeping.None,
        "Money of prepaid meter sales, by meter account.",
        "仪表预付费销售款"
    );

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<AccountType> All = [Sales];
}
