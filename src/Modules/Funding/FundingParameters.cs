using Platform.Parameters;

namespace Funding;

/// <summary>The parameters of money in, on and off the card.</summary>
public static class FundingParameters
{
    private const long MillionYuan = 100_000_000;

    public static readonly Parameter SmallRefundLimit = new(
        "small-refund-limit",
        ParameterUnit.Fen,
        1_000,
        0,
        MillionYuan,
        "Refund that counts as small",
        "小额退款限额"
    );
    public static readonly Parameter LateConsumptionDays = new(
        "late-consumption-days",
        ParameterUnit.Days,
        7,
        0,
        365,
        "Days in which consumption may still arrive",
        "消费数据迟到天数"
    );
    public static readonly Parameter PendingSettlementDays = new(
        "pending-settlement-days",
        ParameterUnit.Days,
        7,
        0,
        365,
        "Days a settlement stays pending",
        "待结算天数"
    );
    public static readonly Parameter PurseLimit = new(
        "purse-limit",
        ParameterUnit.Fen,
        500_000,
        1,
        MillionYuan,
        "Most money on a card",
        "卡钱包限额"
    );
    public static readonly Parameter RechargeListCardTwice = new(
        "recharge-list-card-twice",
        ParameterUnit.Switch,
        0,
        0,
        1,
        "A recharge list may name a card twice",
        "批量充值清单允许卡号重复"
    );

    internal static readonly IReadOnlyList<Parameter> All =
    [
        SmallRefundLimit,
        LateConsumptionDays,
        PendingSettlementDays,
        PurseLimit,
        RechargeListCardTwice,
    ];
}
