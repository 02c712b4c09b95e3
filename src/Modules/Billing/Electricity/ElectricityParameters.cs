using Billing.Electricity.Payments;

namespace Billing.Electricity;

/// <summary>The parameters of collection of electricity bills.</summary>
internal static class ElectricityParameters
{
    private const long MillionYuan = 100_000_000;

    private static readonly Dictionary<CollectionChannel, Parameter> s_limits = new()
    {
        [CollectionChannel.Counter] = Limit("counter", 10 * MillionYuan, "counters", "柜面"),
        [CollectionChannel.InternetBank] = Limit("internet-bank", 5_000_000, "the internet bank", "网上银行"),
        [CollectionChannel.MobileBank] = Limit("mobile-bank", 2_000_000, "the mobile bank", "手机银行"),
        [CollectionChannel.PhonePos] = Limit("phone-pos", 1_000_000, "phone POS", "电话POS"),
        [CollectionChannel.PhoneBank] = Limit("phone-bank", 500_000, "the phone bank", "电话银行"),
        [CollectionChannel.FarmerTerminal] = Limit("farmer-terminal", 500_000, "farmers' terminals", "农民自助服务终端"),
        [CollectionChannel.Kiosk] = Limit("kiosk", 500_000, "kiosks", "自助缴费机"),
    };

    /// <summary>Days after which an open difference is named at the day-end.</summary>
    public static readonly Parameter DifferenceAge = new(
        "electricity-difference-days",
        ParameterUnit.Days,
        3,
        0,
        365,
        "Days after which open reconciliation differences are reported",
        "对账差错提示天数"
    );

    public static readonly IReadOnlyList<Parameter> All = [.. s_limits.Values, DifferenceAge];

    /// <summary>Fen that one payment by a channel may have.</summary>
    public static Parameter LimitOf(CollectionChannel channel) => s_limits[channel];

    private static Parameter Limit(string name, long fen, string en, string zh) =>
        new(
            $"electricity-limit-{name}",
            ParameterUnit.Fen,
            fen,
            0,
            100 * MillionYuan,
            $"Largest electricity payment at {en}",
            $"{zh}电费单笔限额"
        );
}
