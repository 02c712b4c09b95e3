namespace Billing.Electricity;

/// <summary>Settings of collection of electricity bills.</summary>
internal static class ElectricitySettings
{
    private static readonly SettingForm s_short = SettingForm.Duration(TimeSpan.Zero, TimeSpan.FromHours(1));

    public static readonly IReadOnlyList<Setting> All =
    [
        new(
            "Electricity:PowerAddress",
            "not set: no power company is reached",
            SettingForm.Text,
            "Base address of the power company's interface, with a slash at its end.",
            "电力方接口的根地址，以斜杠结尾。"
        ),
        new(
            "Electricity:AttemptTimeout",
            "00:00:03",
            s_short,
            "How long one request to the power company may take.",
            "单次请求电力方的最长等待时间。"
        ),
        new(
            "Electricity:Attempts",
            "2",
            SettingForm.Number(1, 5),
            "How often a request to the power company is sent before it counts as unanswered.",
            "请求电力方的最多次数，其后视为无应答。"
        ),
        new("Electricity:Every", "00:00:00.5", PlatformSettings.Pause, "Pause between rounds of the background work.", "后台处理的间隔。"),
        new(
            "Electricity:AskEvery",
            "00:00:05",
            s_short,
            "First pause before the power company is asked again; it doubles up to a minute.",
            "再次询问电力方前的首次间隔，逐次加倍，最长一分钟。"
        ),
        new(
            "Electricity:Sending",
            "00:00:30",
            s_short,
            "After which time a payment that was being sent counts as left by a killed process.",
            "发送中的缴费视为进程中断遗留的时间。"
        ),
        new(
            "Electricity:UnknownGrace",
            "00:05:00",
            s_short,
            "How long after the end of its reference a payment may still reach the power company.",
            "查询引用到期后，缴费仍可能到达电力方的时间。"
        ),
        new(
            "Electricity:PayerWaits",
            "00:02:00",
            s_short,
            "How long a payer waits at the counter for a reversal; later the money is owed.",
            "缴费人在柜面等待冲正的时间，超过则列入应退款。"
        ),
        new(
            "Electricity:KeepQuotes",
            "1.00:00:00",
            SettingForm.Duration(TimeSpan.Zero, TimeSpan.FromDays(90)),
            "How long a query of bills is kept after the end of its reference.",
            "电费查询引用到期后的保留时间。"
        ),
        new(
            "Electricity:DropQuotesEvery",
            "00:01:00",
            PlatformSettings.Pause,
            "Pause between deletions of old queries, of at most 50,000 each.",
            "清理过期电费查询的间隔，每次最多 50,000 条。"
        ),
        new(
            "Electricity:Lease",
            "00:00:30",
            SettingForm.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            "How long a process holds a debit file or a day-end after its last sign of life.",
            "进程无响应后仍占用代扣文件或日终处理的时长。"
        ),
        new(
            "Electricity:DebitPause",
            "00:10:00",
            SettingForm.Duration(TimeSpan.Zero, TimeSpan.FromHours(12)),
            "Pause before lines that failed for funds are tried again.",
            "余额不足的明细再次扣款前的间隔。"
        ),
        new(
            "Electricity:DebitsAtOnce",
            "256",
            SettingForm.Number(1, 1_024),
            "Lines of a batch debit that wait for their booking at once.",
            "批量代扣中同时等待入账的行数。"
        ),
        new(
            "Electricity:SignOnAt",
            "not set: only by hand",
            SettingForm.Text,
            "When the bank signs on each day, as a cron expression in China's time.",
            "每日自动签到的时间，cron 表达式，北京时间。"
        ),
        new(
            "Electricity:FetchDebitsAt",
            "not set: only by request",
            SettingForm.Text,
            "When the power company's debit files of the work date are taken, as a cron expression in China's time.",
            "自动接收电力方当日代扣文件的时间，cron 表达式，北京时间。"
        ),
        new(
            "Electricity:DayEndAt",
            "not set: only by hand",
            SettingForm.Text,
            "When the work date is closed each day, as a cron expression in China's time.",
            "每日自动日终的时间，cron 表达式，北京时间。"
        ),
    ];
}
