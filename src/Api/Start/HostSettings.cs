using Api.DemoData;
using Api.Edge;
using Platform.Settings;

namespace Api.Start;

/// <summary>All settings: the host's own, and what platform and modules declare.</summary>
internal static class HostSettings
{
    private static readonly SettingForm s_hosts = new(
        "host names separated by semicolons, such as counter.example;*.counter.example",
        "以分号分隔的主机名，例如 counter.example;*.counter.example",
        _ => true
    );

    private static readonly IReadOnlyList<Setting> s_own =
    [
        new(
            PublicAddress.Setting,
            "as the request came; Production needs it",
            SettingForm.Address,
            "Where customers and front ends reach this API: the address in QR codes.",
            "客户和前端访问本服务的地址，用于二维码。"
        ),
        new(
            AllowedHosts.Setting,
            "*; Production needs names",
            s_hosts,
            "Host names that requests may ask for; others are refused.",
            "允许请求使用的主机名，其他一律拒绝。"
        ),
        new(
            Proxies.Setting,
            "none",
            SettingForm.Networks,
            "Reverse proxies whose X-Forwarded-For, -Proto and -Host are believed, as networks.",
            "可信的反向代理网段，采信其 X-Forwarded-For、-Proto 和 -Host。"
        ),
        new(
            InternalDoor.AllowedFrom,
            "this machine",
            SettingForm.Networks,
            "Networks that may read /internal, beside this machine.",
            "除本机外可读取 /internal 的网段。"
        ),
        new(
            InternalDoor.Port,
            "the same as the API's",
            SettingForm.Number(1, 65_535),
            "A port of its own for /internal, on this machine alone unless Internal:AllowedFrom names networks.",
            "/internal 的专用端口；未设置 Internal:AllowedFrom 时只监听本机。"
        ),
        new(
            DemoSetting.Name,
            "none",
            SettingForm.OneOf(nameof(DemoSeed.Demo), nameof(DemoSeed.Benchmark)),
            "Fills an empty database with demonstration branches and operators; in Development, Testing and Sandbox alone.",
            "在空数据库中写入演示网点和操作员，仅限 Development、Testing、Sandbox 环境。"
        ),
        new(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "none",
            SettingForm.Text,
            "Where metrics and traces go by OTLP; in the environment alone.",
            "指标和追踪的 OTLP 接收地址，仅通过环境变量设置。"
        ),
    ];

    public static IReadOnlyList<Setting> All { get; } = [.. PlatformSettings.All, .. s_own, .. ModuleList.All.SelectMany(m => m.Settings)];
}
