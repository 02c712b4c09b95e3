using Counter.Transactions;
using Platform.Parameters;

namespace Issuance;

/// <summary>What accounts of customers belong to.</summary>
public static class IssuanceOwners
{
    /// <summary>A cheque: the module Cheques knows how one is called.</summary>
    public static readonly AccountOwner Cheque = new("cheque");
}

/// <summary>The accounts of customers and cards.</summary>
public static class IssuanceAccounts
{
    /// <summary>额度账.</summary>
    public static readonly AccountType Quota = new(
        1,
        "quota",
        TransactionParties.Customer,
        Keeping.Guarded,
        "The customer's money, not yet given to a card.",
        "额度账"
    );

    /// <summary>备付金账.</summary>
    public static readonly AccountType Reserve = new(
        2,
        "reserve",
        TransactionParties.Card,
        Keeping.Guarded,
        "Set aside for one card, waiting to be loaded.",
        "备付金账"
    );

    /// <summary>卡账.</summary>
    public static readonly AccountType Card = new(
        3,
        "card",
        TransactionParties.Card,
        Keeping.Guarded,
        "The system's record of the purse on the chip.",
        "卡账"
    );

    /// <summary>Between books and chip.</summary>
    public static readonly AccountType InTransit = new(
        4,
        "inTransit",
        TransactionParties.Card,
        Keeping.Guarded,
        "Money under way between books and chip while a card operation runs.",
        "在途资金"
    );

    /// <summary>押金.</summary>
    public static readonly AccountType Deposit = new(5, "deposit", TransactionParties.Card, Keeping.Guarded, "The card's deposit.", "押金");

    /// <summary>Always at or below zero: the other side of what was given.</summary>
    public static readonly AccountType Bonus = new(
        6,
        "bonus",
        TransactionParties.Customer,
        Keeping.Balance,
        "Bonus given to a customer on top of what it paid; the refundable balance is the quota balance less what is left of it.",
        "赠送"
    );

    /// <summary>Declared here, because fees are held against it.</summary>
    public static readonly AccountType Cheque = new(
        8,
        "cheque",
        IssuanceOwners.Cheque,
        Keeping.Guarded,
        "What is left of a customer's cheque.",
        "支票余额"
    );

    /// <summary>Declared here, because the customer's page shows it.</summary>
    public static readonly AccountType Claim = new(
        9,
        "claim",
        TransactionParties.Customer,
        Keeping.Balance,
        "What a customer owes for a bounced cheque that it had used: at or below zero.",
        "支票欠款"
    );

    /// <summary>额度积分.</summary>
    public static readonly AccountType QuotaPoints = new(
        11,
        "quotaPoints",
        TransactionParties.Customer,
        Keeping.Guarded,
        "The customer's points, not yet given to a card.",
        "额度积分",
        Unit.Points
    );

    /// <summary>备付积分.</summary>
    public static readonly AccountType ReservePoints = new(
        12,
        "reservePoints",
        TransactionParties.Card,
        Keeping.Guarded,
        "Points set aside for one card, waiting to be loaded.",
        "备付积分",
        Unit.Points
    );

    /// <summary>卡积分.</summary>
    public static readonly AccountType CardPoints = new(
        13,
        "cardPoints",
        TransactionParties.Card,
        Keeping.Guarded,
        "The system's record of the points on the chip.",
        "卡积分",
        Unit.Points
    );

    /// <summary>Points between books and chip.</summary>
    public static readonly AccountType PointsInTransit = new(
        14,
        "pointsInTransit",
        TransactionParties.Card,
        Keeping.Guarded,
        "Points under way between books and chip while a card operation runs.",
        "在途积分",
        Unit.Points
    );

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<AccountType> All =
    [
        Quota,
        Reserve,
        Card,
        InTransit,
        Deposit,
        Bonus,
        Cheque,
        Claim,
        QuotaPoints,
        ReservePoints,
        CardPoints,
        PointsInTransit,
    ];
}
