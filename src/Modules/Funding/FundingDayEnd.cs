using Access.Branches;
using Counter.BusinessDay;
using Funding.Collections;
using Issuance;

namespace Funding;

/// <summary>Money in, on and off the card on the day-end sheet.</summary>
internal static class FundingDayEnd
{
    /// <summary>卡片业务: money and points onto cards and off them; none passes the counter.</summary>
    private static readonly DayEndSectionType s_cards = new("cards", 1, "卡片业务（不经柜台收付）");

    public static readonly IReadOnlyList<DayEndLineType> Lines =
    [
        new(FundingTransactions.Collection, DayEndSectionType.Received),
        new(IssuanceTransactions.Recharge, DayEndSectionType.Received),
        new(FundingTransactions.VoidCollection, DayEndSectionType.Received, GivesBack: true),
        new(FundingTransactions.Reversal, DayEndSectionType.Received, GivesBack: true),
        new(FundingTransactions.Load, s_cards),
        new(FundingTransactions.PointsLoad, s_cards),
        new(FundingTransactions.BatchRecharge, s_cards),
        new(FundingTransactions.Unload, s_cards, GivesBack: true),
        new(FundingTransactions.Consumption, s_cards, GivesBack: true),
        DayEndLineType.Within(FundingTransactions.Allocation),
        DayEndLineType.Within(FundingTransactions.Return),
        DayEndLineType.Within(FundingTransactions.LoadAuthorised),
        DayEndLineType.Within(FundingTransactions.LoadReleased),
        DayEndLineType.Within(FundingTransactions.PointsLoadAuthorised),
        DayEndLineType.Within(FundingTransactions.PointsLoadReleased),
        DayEndLineType.Within(FundingTransactions.BalanceTransfer),
        DayEndLineType.Within(FundingTransactions.RechargeListSubmitted),
        DayEndLineType.Within(FundingTransactions.RechargeListVoided),
        DayEndLineType.Within(FundingTransactions.RechargeListReleased),
        DayEndLineType.Within(FundingTransactions.RechargeListFinished),
        DayEndLineType.Within(FundingTransactions.RechargeListRetrieved),
    ];
}
