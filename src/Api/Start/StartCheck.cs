using Api.Edge;
using Microsoft.Extensions.Hosting;
using Platform;
using Platform.Settings;

namespace Api.Start;

/// <summary>What is held against the settings before anything is made or opened (PL-08.4, PL-06.34).</summary>
internal static class StartCheck
{
    private const string RenamedAddress = "Documents:PublicAddress";

    /// <summary>Set by the environment variable ASPNETCORE_FORWARDEDHEADERS_ENABLED.</summary>
    private const string FrameworksOwnForwarding = "ForwardedHeaders_Enabled";

    public static void Run(IConfiguration configuration, IHostEnvironment environment)
    {
        if (configuration[RenamedAddress] is not null)
        {
            throw new StartRefusedException(
                $"{RenamedAddress} is called {PublicAddress.Setting} now; rename it.",
                $"{RenamedAddress} 已更名为 {PublicAddress.Setting}，请改名。"
            );
        }

        if (string.Equals(configuration[FrameworksOwnForwarding], "true", StringComparison.OrdinalIgnoreCase))
        {
            throw new StartRefusedException(
                $"ASPNETCORE_FORWARDEDHEADERS_ENABLED believes whoever sends a header; take it out and name the proxies in {Proxies.Setting}.",
                $"ASPNETCORE_FORWARDEDHEADERS_ENABLED 会采信任何人发送的请求头，请删除并在 {Proxies.Setting} 中列出代理。"
            );
        }

        SettingsCheck.Run(configuration, HostSettings.All);
        if (environment.IsProduction())
        {
            NeedAddresses(configuration);
        }
    }

    /// <summary>What is not refused, but somebody should know.</summary>
    public static void Warn(ILogger log, IHostEnvironment environment)
    {
        if (!KnownEnvironments.IsKnown(environment.EnvironmentName))
        {
            log.LogWarning(
                "The environment {Environment} is not Production, Staging, Development, Testing or Sandbox: nothing for demonstration runs in it, "
                    + "and what Production needs is not asked for.",
                environment.EnvironmentName
            );
        }
    }

    private static void NeedAddresses(IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration[PublicAddress.Setting]))
        {
            throw new StartRefusedException(
                $"{PublicAddress.Setting} is not set, and Production needs it: set it to where the world reaches this API, such as https://counter.example.",
                $"生产环境必须设置 {PublicAddress.Setting}：外界访问本服务的地址，例如 https://counter.example。"
            );
        }

        if (AllowedHosts.Read(configuration).Count == 0)
        {
            throw new StartRefusedException(
                $"{AllowedHosts.Setting} names no host, and Production needs it: set it to the names in the addresses that callers use, such as counter.example.",
                $"生产环境必须设置 {AllowedHosts.Setting}：调用方地址中的主机名，例如 counter.example。"
            );
        }
    }
}
