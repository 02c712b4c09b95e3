using Access;
using Access.Branches;
using Counter.Payments;
using Platform.Parameters;

namespace Funding;

/// <summary>What accounts that only this module knows belong to.</summary>
public static class FundingOwners
{
    /// <summary>A recharge list.</summary>
    public static readonly AccountOwner RechargeList = new("list");

    /// <summary>A station; its id is its code as a number.</summary>
    public static readonly AccountOwner Station = new("station");
}

/// <summary>The accounts of recharge lists, points and stations.</summary>
public static class FundingAccounts
{
    /// <summary>The money of a released recharge list.</summary>
    public static readonly AccountType RechargeList = new(
        7,
        "rechargeList",
        FundingOwners.RechargeList,
        Keeping.Guarded,
        "What of a unit's money a released recharge list holds for lines that are not posted yet. Nothing else may spend it.",
        "批量充值清单资金"
    );

    /// <summary>The other side of every point.</summary>
    public static readonly AccountType PointsIssued = new(
        15,
        "pointsIssued",
        AccessOwners.Branch,
        Keeping.None,
        "Points handed out (the other side of every point).",
        "已发积分",
        Unit.Points
    );

    /// <summary>What stations took from cards.</summary>
    public static readonly AccountType Consumption = new(
        34,
        "consumption",
        FundingOwners.Station,
        Keeping.None,
        "Debts to stations for consumption.",
        "应付加油站款"
    );

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<AccountType> All = [RechargeList, PointsIssued, Consumption];
}
