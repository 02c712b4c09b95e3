using System.Globalization;
using System.Text;
using Platform;

namespace Api.Start;

/// <summary>What <c>dotnet Api.dll</c> takes: settings, or a question that is answered without starting anything (PL-08.4).</summary>
internal static class CommandLine
{
    /// <summary>Settings of the framework that may stand on the command line, beside its sections.</summary>
    private static readonly string[] s_frameworks =
    [
        "urls",
        "http_ports",
        "https_ports",
        "environment",
        "contentRoot",
        "applicationName",
        "webroot",
        "preventHostingStartup",
    ];

    private static readonly string[] s_frameworkSections = ["Logging", "Kestrel"];

    /// <summary>Answers <c>--help</c>; the exit code, or null when the API is to be started.</summary>
    /// <exception cref="StartRefusedException">An argument is none that the API knows.</exception>
    public static int? Answer(string[] args, TextWriter output)
    {
        if (args is ["--help" or "-h" or "help"])
        {
            output.Write(Help());
            return 0;
        }

        var isCommand = RecoverAdministrator.IsAsked(args);
        for (var i = isCommand ? 1 : 0; i < args.Length; i++)
        {
            var name = Name(args[i]);
            var hasValue = args[i].Contains('=', StringComparison.Ordinal);
            // Whoever hosts the API in a process of his own, as tests do, hands over the framework's settings in this form, and there are many.
            if (
                name is null
                || !(
                    IsKnown(name)
                    || (isCommand && RecoverAdministrator.Takes(name))
                    || (hasValue && !name.Contains(':', StringComparison.Ordinal))
                )
            )
            {
                throw new StartRefusedException(
                    $"'{args[i]}' is not a command or a setting; give settings as --Books:Writers=2, or --help alone to see all.",
                    $"“{args[i]}”不是命令也不是设置项；设置项请写作 --Books:Writers=2，单独使用 --help 查看全部。"
                );
            }

            // --Name value
            i += hasValue ? 0 : 1;
        }

        return null;
    }

    private static string? Name(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.Length > 2 ? argument[2..].Split('=')[0] : null;

    private static bool IsKnown(string name) =>
        s_frameworks.Contains(name, StringComparer.OrdinalIgnoreCase)
        || s_frameworkSections.Contains(name.Split(':')[0], StringComparer.OrdinalIgnoreCase)
        // A wrong name in one of our own sections is refused by the settings' check, whichever way it came.
        || HostSettings.All.Any(s =>
            name.Equals(s.Name, StringComparison.OrdinalIgnoreCase)
            || (s.Section is { } section && name.StartsWith($"{section}:", StringComparison.OrdinalIgnoreCase))
        );

    private static string Help()
    {
        var text = new StringBuilder(
            """
            Counter API

            Usage: dotnet Api.dll [--SETTING=VALUE ...]   starts the API / 启动服务
                   dotnet Api.dll --help                  prints this and starts nothing / 显示本说明，不启动服务
                   dotnet Api.dll admin-password [--branch 10000000] [--login admin]
                                                          prints a one-time password of an administrator / 显示管理员的一次性密码

            Settings come from appsettings.json beside the program, from the environment (Books__Writers for Books:Writers) and from the command
            line; the later wins. Also taken: --urls, --environment, and the framework's Logging:… and Kestrel:….
            设置项依次取自程序旁的 appsettings.json、环境变量（Books:Writers 写作 Books__Writers）和命令行，后者优先。

            Exit code: 0 ended as asked; 2 not started, with a sentence that says what to do.


            """
        );
        foreach (var setting in HostSettings.All)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{setting.Name}\n    default: {setting.Default}\n    {setting.En}\n    {setting.Zh}\n"
            );
        }

        return text.ToString();
    }
}
