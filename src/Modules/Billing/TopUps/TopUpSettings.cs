namespace Billing.TopUps;

/// <summary>Settings of top-ups.</summary>
internal static class TopUpSettings
{
    private static readonly SettingForm s_short = SettingForm.Duration(TimeSpan.Zero, TimeSpan.FromHours(1));

    public static readonly IReadOnlyList<Setting> All =
    [
        new(
            "TopUps:CarrierAddress",
            "not set: no carrier is reached",
            SettingForm.Text,
            "Base address of the carriers' interface, with a slash at its end.",
            "运营商接口的根地址，以斜杠结尾。"
        ),
        new(
            "TopUps:CallBackSecret",
            "not set: call-backs are refused",
            SettingForm.Text,
            "The secret that carriers sign call-backs with, at least 16 characters.",
            "运营商回调签名所用的密钥，至少 16 个字符。"
        ),
        new("TopUps:AttemptTimeout", "00:00:05", s_short, "How long one request to a carrier may take.", "单次请求运营商的最长等待时间。"),
        new(
            "TopUps:Attempts",
            "1",
            SettingForm.Number(1, 5),
            "How often a request to a carrier is sent before it counts as unanswered.",
            "请求运营商的最多次数，其后视为无应答。"
        ),
        new("TopUps:Every", "00:00:00.5", PlatformSettings.Pause, "Pause between rounds of the background work.", "后台处理的间隔。"),
        new(
            "TopUps:AskEvery",
            "00:00:05",
            s_short,
            "First pause before a carrier is asked again. The later pauses are 3, 6, 12, 24, 60, 120, 360 and 720 times as long.",
            "再次询问运营商前的首次间隔；其后依次为其 3、6、12、24、60、120、360、720 倍。"
        ),
        new(
            "TopUps:Sending",
            "00:00:30",
            s_short,
            "After which time a top-up that was being sent counts as left by a killed process.",
            "发送中的充值视为进程中断遗留的时间。"
        ),
        new(
            "TopUps:Validity",
            "00:10:00",
            s_short,
            "How long after the sale a carrier may begin a top-up.",
            "充值申请的有效时间，超过后运营商不得开始充值。"
        ),
        new(
            "TopUps:UnknownGrace",
            "00:05:00",
            s_short,
            "How long after its validity an unknown top-up may still turn up at the carrier.",
            "充值申请过期后，仍可能到达运营商的时间。"
        ),
        new(
            "TopUps:AwayPause",
            "00:00:10",
            s_short,
            "How long nothing is handed over after three requests in a row without an answer.",
            "连续三次无应答后暂停提交的时间。"
        ),
    ];
}
