using System.Net.Sockets;
using System.Security.Cryptography;
using Api;
using Api.Start;
using Microsoft.Extensions.Options;
using Platform;

try
{
    if (CommandLine.Answer(args, Console.Out) is { } answered)
    {
        return answered;
    }

    // Settings lie beside the program, wherever it is started from.
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    StartCheck.Run(builder.Configuration, builder.Environment);
    builder.AddHost(ModuleList.All);
    await using var app = builder.Build();
    StartCheck.Warn(app.Logger, app.Environment);
    await app.Prepare();
    if (RecoverAdministrator.IsAsked(args))
    {
        await RecoverAdministrator.Run(app);
        return 0;
    }

    app.UseHost(ModuleList.All);

    // Starting leaves more behind than running needs; a counter machine has other programs that want it. Tests start hundreds in one process.
    if (!app.Environment.IsEnvironment("Testing"))
    {
        app.Lifetime.ApplicationStarted.Register(() =>
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true)
        );
    }

    await Listen(app);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception e) when (e is StartRefusedException or OptionsValidationException)
{
    var chinese = e is StartRefusedException { Zh: { } zh } ? $" / 服务未启动：{zh}" : "";
    await Console.Error.WriteLineAsync($"The API does not start: {e.Message}{chinese}");
    return 2;
}

static async Task Listen(WebApplication app)
{
    try
    {
        await app.StartAsync();
    }
    catch (Exception e) when (e is IOException or SocketException or FormatException or CryptographicException)
    {
        throw new StartRefusedException(
            $"The API cannot listen where it is told to: {e.Message} Check urls (or Kestrel:Endpoints) and Internal:Port, and who else listens there.",
            $"无法在指定地址监听：{e.Message} 请检查 urls（或 Kestrel:Endpoints）和 Internal:Port，以及端口是否被占用。"
        );
    }
}

/// <summary>The host; public so that tests can start it.</summary>
public partial class Program;
