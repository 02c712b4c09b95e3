using Platform.Settings;

namespace Funding;

/// <summary>Settings of the funding module.</summary>
internal static class FundingSettings
{
    public static readonly IReadOnlyList<Setting> All =
    [
        new(
            "Cards:TransferEvery",
            "00:01:00",
            PlatformSettings.Pause,
            "Pause between rounds that move the balances of replaced cards.",
            "补换卡余额转移的检查间隔。"
        ),
        new(
            "RechargeLists:Workers",
            "2",
            SettingForm.Number(0, 16),
            "Recharge lists that this process checks and posts at once; 0 takes it out of that work.",
            "本进程同时检查和入账的充值清单数；0 表示不参与。"
        ),
        new(
            "RechargeLists:Every",
            "00:00:00.5",
            PlatformSettings.Pause,
            "Pause between looks for a recharge list to work on.",
            "查找待处理充值清单的间隔。"
        ),
        new(
            "RechargeLists:Lease",
            "00:00:30",
            SettingForm.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            "How long a worker holds a recharge list after its last sign of life.",
            "处理者无响应后仍占用清单的时长。"
        ),
        new(
            "RechargeLists:AtOnce",
            "256",
            SettingForm.Number(1, 1_024),
            "Lines of a recharge list that wait for their booking at once.",
            "同一清单同时等待入账的行数。"
        ),
    ];
}
