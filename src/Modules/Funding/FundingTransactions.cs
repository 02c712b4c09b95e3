using Counter.BusinessDay;
using Funding.Collections;
using Funding.Documents;

namespace Funding;

/// <summary>The types of transaction of payments, loads, consumption, recharge lists and day-ends.</summary>
public static class FundingTransactions
{
    /// <summary>A payment into the quota account.</summary>
    public static readonly TransactionType Collection = new("collection", "Payment", "收款", AdvanceReceipt.Kind.Name)
    {
        IsCorrectable = true,
    };

    /// <summary>A payment taken back on its business date.</summary>
    public static readonly TransactionType VoidCollection = new("void", "Void", "撤单", AdvanceReceipt.Kind.Name);

    /// <summary>A payment taken back later.</summary>
    public static readonly TransactionType Reversal = new("reversal", "Reversal", "冲销", AdvanceReceipt.Kind.Name);

    /// <summary>From the quota account into cards' reserve accounts.</summary>
    public static readonly TransactionType Allocation = new("allocation", "Allocation", "预分配", AllocationForm.Kind.Name);

    /// <summary>From a card's reserve account back into the quota account.</summary>
    public static readonly TransactionType Return = new("return", "Return of reserve", "备付金回退");

    /// <summary>The chip may be loaded: the money is under way.</summary>
    public static readonly TransactionType LoadAuthorised = new("load-authorised", "Load authorised", "圈存（授权）");

    /// <summary>The chip was loaded.</summary>
    public static readonly TransactionType Load = new("load", "Load", "圈存", LoadSlip.Kind.Name) { MovesChip = true };

    /// <summary>The chip was not loaded.</summary>
    public static readonly TransactionType LoadReleased = new("load-released", "Load released", "圈存（撤回）");

    /// <summary>The chip may be loaded with points.</summary>
    public static readonly TransactionType PointsLoadAuthorised = new("points-authorised", "Points load authorised", "积分圈存（授权）");

    /// <summary>The chip was loaded with points.</summary>
    public static readonly TransactionType PointsLoad = new("points-load", "Points load", "积分圈存", LoadSlip.Kind.Name)
    {
        MovesChip = true,
    };

    /// <summary>The chip was not loaded with points.</summary>
    public static readonly TransactionType PointsLoadReleased = new("points-released", "Points load released", "积分圈存（撤回）");

    /// <summary>From the purse to the quota account (FC-19).</summary>
    public static readonly TransactionType Unload = new("unload", "Unload", "圈提", LoadSlip.Kind.Name) { MovesChip = true };

    /// <summary>A purchase at a station, taken from the card's account when its record comes (FC-39).</summary>
    public static readonly TransactionType Consumption = new("consumption", "Fuel purchase", "加油消费") { MovesChip = true };

    /// <summary>What was left on a replaced card, moved to the new one after the waiting time (FC-36.3).</summary>
    public static readonly TransactionType BalanceTransfer = new("balance-transfer", "Balance transfer", "补换卡转余额")
    {
        MovesChip = true,
    };

    /// <summary>One line of a recharge list, from the list's account into a customer's quota account (FC-22.2).</summary>
    public static readonly TransactionType BatchRecharge = new("batch-recharge", "Batch recharge", "批量充值");

    /// <summary>A recharge list was handed in; no money moves (FC-20.1).</summary>
    public static readonly TransactionType RechargeListSubmitted = new(
        "recharge-list-submitted",
        "Batch recharge submitted",
        "批量充值提交",
        RechargeListReceipt.Kind.Name,
        RechargeListReceipt.WholeList.Name
    );

    /// <summary>A recharge list was taken back before its review; no money moves (FC-21.1).</summary>
    public static readonly TransactionType RechargeListVoided = new(
        "recharge-list-voided",
        "Batch recharge voided",
        "批量充值撤销",
        RechargeListReceipt.Kind.Name
    );

    /// <summary>A reviewed list's money, from the unit's quota account into the list's account (FC-22.1).</summary>
    public static readonly TransactionType RechargeListReleased = new("recharge-list-released", "Batch recharge released", "批量充值复核");

    /// <summary>What a list's lines did not use, back to the unit (FC-22.2).</summary>
    public static readonly TransactionType RechargeListFinished = new("recharge-list-finished", "Batch recharge finished", "批量充值结清");

    /// <summary>The result of a list was taken; no money moves (FC-23.1).</summary>
    public static readonly TransactionType RechargeListRetrieved = new(
        "recharge-list-retrieved",
        "Batch recharge result retrieved",
        "批量充值结果取回",
        RechargeListReceipt.Kind.Name
    );

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<TransactionType> All =
    [
        Collection,
        VoidCollection,
        Reversal,
        Allocation,
        Return,
        LoadAuthorised,
        Load,
        LoadReleased,
        PointsLoadAuthorised,
        PointsLoad,
        PointsLoadReleased,
        Unload,
        Consumption,
        BalanceTransfer,
        BatchRecharge,
        RechargeListSubmitted,
        RechargeListVoided,
        RechargeListReleased,
        RechargeListFinished,
        RechargeListRetrieved,
    ];
}
