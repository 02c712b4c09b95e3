using Platform.Parameters;

namespace Refunds;

/// <summary>The parameters of closings and refunds.</summary>
public static class RefundParameters
{
    private const long ThousandYuan = 100_000;

    /// <summary>Fen.</summary>
    public static readonly Parameter ClosingFee = new(
        "closing-fee",
        ParameterUnit.Fen,
        0,
        0,
        ThousandYuan,
        "Handling fee of a closing",
        "清户手续费"
    );

    /// <summary>Fen.</summary>
    public static readonly Parameter SpecialRefundFee = new(
        "special-refund-fee",
        ParameterUnit.Fen,
        0,
        0,
        ThousandYuan,
        "Handling fee of a special refund",
        "特殊退款手续费"
    );

    /// <summary>0 or 1.</summary>
    public static readonly Parameter SmallRefundPaysBonus = new(
        "small-refund-pays-bonus",
        ParameterUnit.Switch,
        0,
        0,
        1,
        "A small refund also pays the bonus left (0: it lapses)",
        "小额退款同时退付剩余赠送金额（0 为作废）"
    );

    internal static readonly IReadOnlyList<Parameter> All = [ClosingFee, SpecialRefundFee, SmallRefundPaysBonus];
}
