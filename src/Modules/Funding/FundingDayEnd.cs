using Access;
using Platform;

namespace Funding;

/// <summary>Money in, on and off the card on the day-end sheet.</summary>
internal static class FundingDayEnd
{
    /// <summary>卡片业务: money and points onto cards and off them; none passes the counter.</summary>
    private static readonly DayEndSectionType s_cards = new("cards", 1, "卡片业务(不经柜台收付)");

    public static readonly IReadOnlyList<DayEndLineType> Lines =
    [
        new(TransactionTypes.Collection, DayEndSectionType.Received),
        new(TransactionTypes.Recharge, DayEndSectionType.Received),
        new(TransactionTypes.VoidCollection, DayEndSectionType.Received, GivesBack: true),
        new(TransactionTypes.Reversal, DayEndSectionType.Received, GivesBack: true),
        new(TransactionTypes.Load, s_cards),
        new(TransactionTypes.PointsLoad, s_cards),
        new(TransactionTypes.BatchRecharge, s_cards),
        new(TransactionTypes.Unload, s_cards, GivesBack: true),
        new(TransactionTypes.Consumption, s_cards, GivesBack: true),
        DayEndLineType.Within(TransactionTypes.Allocation),
        DayEndLineType.Within(TransactionTypes.Return),
        DayEndLineType.Within(TransactionTypes.LoadAuthorised),
        DayEndLineType.Within(TransactionTypes.LoadReleased),
        DayEndLineType.Within(TransactionTypes.PointsLoadAuthorised),
        DayEndLineType.Within(TransactionTypes.PointsLoadReleased),
        DayEndLineType.Within(TransactionTypes.BalanceTransfer),
        DayEndLineType.Within(TransactionTypes.RechargeListSubmitted),
        DayEndLineType.Within(TransactionTypes.RechargeListVoided),
        DayEndLineType.Within(TransactionTypes.RechargeListReleased),
        DayEndLineType.Within(TransactionTypes.RechargeListFinished),
        DayEndLineType.Within(TransactionTypes.RechargeListRetrieved),
    ];
}
