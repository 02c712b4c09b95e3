using Access;
using Access.Operators;

namespace Api;

/// <summary>
/// The command <c>dotnet Api.dll admin-password [--branch 10000000] [--login admin]</c>, with the settings of the API: prints a one-time password of
/// an administrator, once, and ends (PL-01.13).
/// </summary>
internal static class RecoverAdministrator
{
    public static bool IsAsked(string[] args) => args is [AdministratorRecovery.Command, ..];

    /// <summary>Is this an argument of the command's own?</summary>
    public static bool Takes(string name) => name is "branch" or "login";

    public static async Task Run(WebApplication app)
    {
        var branch = app.Configuration["branch"] ?? AccessBootstrap.HeadquartersCode;
        var login = app.Configuration["login"] ?? AccessBootstrap.AdministratorLogin;

        // The record of it needs an id, and an id the number of a process.
        var nodes = app.Services.GetServices<IHostedService>().OfType<ProcessNodes>().Single();
        await nodes.StartAsync(CancellationToken.None);
        try
        {
            var password = await AdministratorRecovery.Run(app.Services, branch, login);
            await Console.Out.WriteLineAsync(
                $"One-time password of {login} at branch {branch}: {password}\n"
                    + "It is shown only once and must be changed at the first sign-in. It expires after some days.\n"
                    + "以上为一次性密码：登录前须修改，数日内未使用即失效，仅显示这一次。"
            );
        }
        finally
        {
            await nodes.StopAsync(CancellationToken.None);
        }
    }
}
