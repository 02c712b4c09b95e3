using Platform.Settings;

namespace Refunds;

/// <summary>Settings of the refunds module.</summary>
internal static class RefundSettings
{
    public static readonly IReadOnlyList<Setting> All =
    [
        new(
            "Refunds:SweepEvery",
            "00:01:00",
            PlatformSettings.Pause,
            "Pause between rounds that sweep the purses of closed customers.",
            "已清户客户卡余额转入额度账的检查间隔。"
        ),
    ];
}

/// <summary>Names of closings and refunds, as the description of the API has them.</summary>
internal static class RefundApiWords
{
    public static readonly IReadOnlyList<ApiWord> All =
    [
        new("closingId") { Meaning = "The closing's id; the response to opening it contains the id." },
        new("refundState") { Meaning = "Filter by where the refund stands." },
    ];
}
