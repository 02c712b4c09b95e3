using Microsoft.Extensions.Configuration;

namespace Platform.Settings;

/// <summary>Holds the settings against their declarations before anything starts: a wrong one is said in a sentence, not found at night.</summary>
public static class SettingsCheck
{
    /// <exception cref="StartRefusedException">A setting is missing, has a wrong value, or is none that the API knows.</exception>
    public static void Run(IConfiguration configuration, IReadOnlyList<Setting> settings)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(settings);
        foreach (var setting in settings)
        {
            var value = configuration[setting.Name];
            if (string.IsNullOrEmpty(value) && setting.Required)
            {
                throw new StartRefusedException(
                    $"{setting.Name} is not set; set it in appsettings.json or as {setting.Variable} in the environment.",
                    $"未设置 {setting.Name}，请在 appsettings.json 中设置，或设置环境变量 {setting.Variable}。"
                );
            }

            if (value is not null && !setting.Form.Accepts(value))
            {
                throw new StartRefusedException(
                    $"{setting.Name} is '{value}'; set it to {setting.Form.En}"
                        + (setting.Required ? "" : ", or leave it out")
                        + $" (environment: {setting.Variable}).",
                    $"{setting.Name} 的值“{value}”无效，应为 {setting.Form.Zh}（环境变量 {setting.Variable}）。"
                );
            }
        }

        RefuseUnknown(configuration, settings);
    }

    /// <summary>A misspelt name would change nothing, and nobody would know.</summary>
    private static void RefuseUnknown(IConfiguration configuration, IReadOnlyList<Setting> settings)
    {
        var known = settings.Select(s => s.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var sections = settings.Select(s => s.Section).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);
        foreach (var section in sections)
        {
            foreach (var (name, value) in configuration.GetSection(section).AsEnumerable())
            {
                if (value is not null && name.Contains(':', StringComparison.Ordinal) && !known.Contains(name))
                {
                    throw new StartRefusedException(
                        $"{name} is not a setting of the API. Remove it or correct its name (--help lists all settings).",
                        $"{name} 不是本服务的设置项，请删除或更正名称（用 --help 查看全部设置）。"
                    );
                }
            }
        }
    }
}
