using Access;

namespace Counter.Payments;

/// <summary>Where a counter's money lies, and what it earns.</summary>
public static class CounterAccounts
{
    /// <summary>An operator's cash.</summary>
    public static readonly AccountType Drawer = new(21, "drawer", AccessOwners.Operator, Keeping.None, "Cash drawer.", "现金抽屉");

    /// <summary>The bank account.</summary>
    public static readonly AccountType Bank = new(22, "bank", AccessOwners.Branch, Keeping.None, "Bank account for transfers.", "银行账户");

    /// <summary>Bank-card payments.</summary>
    public static readonly AccountType BankCard = new(
        23,
        "bankCard",
        AccessOwners.Branch,
        Keeping.None,
        "Bank-card payments on their way from the acquirer.",
        "银行卡在途款"
    );

    /// <summary>Vouchers.</summary>
    public static readonly AccountType Voucher = new(
        24,
        "voucher",
        AccessOwners.Branch,
        Keeping.None,
        "Recharge vouchers taken in.",
        "已收充值券"
    );

    /// <summary>Sales on credit.</summary>
    public static readonly AccountType Receivable = new(
        25,
        "receivable",
        AccessOwners.Branch,
        Keeping.None,
        "What customers owe for collections on credit.",
        "赊销应收款"
    );

    /// <summary>The safe.</summary>
    public static readonly AccountType Vault = new(
        26,
        "vault",
        AccessOwners.Branch,
        Keeping.None,
        "The branch's safe, into which counted drawers are emptied at day-end.",
        "网点保险柜"
    );

    /// <summary>Fees.</summary>
    public static readonly AccountType FeeIncome = new(31, "feeIncome", AccessOwners.Branch, Keeping.None, "Fee income.", "手续费收入");

    /// <summary>Too much cash.</summary>
    public static readonly AccountType Surplus = new(
        32,
        "surplus",
        AccessOwners.Branch,
        Keeping.None,
        "Cash counted and not booked.",
        "现金长款"
    );

    /// <summary>Too little cash.</summary>
    public static readonly AccountType Shortage = new(
        33,
        "shortage",
        AccessOwners.Branch,
        Keeping.None,
        "Cash booked and not counted.",
        "现金短款"
    );

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<AccountType> All =
    [
        Drawer,
        Bank,
        BankCard,
        Voucher,
        Receivable,
        Vault,
        FeeIncome,
        Surplus,
        Shortage,
    ];
}
