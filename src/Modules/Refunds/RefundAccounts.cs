namespace Refunds;

/// <summary>What accounts that only this module knows belong to.</summary>
public static class RefundOwners
{
    /// <summary>A refund; it is called by its serial number.</summary>
    public static readonly AccountOwner Refund = new("refund");
}

/// <summary>The accounts of refunds.</summary>
public static class RefundAccounts
{
    /// <summary>退款在途.</summary>
    public static readonly AccountType InTransit = new(
        10,
        "refundInTransit",
        RefundOwners.Refund,
        Keeping.Guarded,
        "A refund by bank card, cheque or transfer until the branch confirms that it arrived.",
        "在途退款"
    );

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<AccountType> All = [InTransit];
}
