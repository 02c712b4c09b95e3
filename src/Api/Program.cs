using Api;
using Microsoft.Extensions.Options;
using Platform;

try
{
    // Settings lie beside the program, wherever it is started from.
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.AddHost(ModuleList.All);
    var app = builder.Build();
    await app.Prepare();
    app.UseHost(ModuleList.All);

    // Starting leaves more behind than running needs; a counter machine has other programs that want it. Tests start hundreds in one process.
    if (!app.Environment.IsEnvironment("Testing"))
    {
        app.Lifetime.ApplicationStarted.Register(() =>
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true)
        );
    }

    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is StartRefusedException or OptionsValidationException)
{
    await Console.Error.WriteLineAsync($"The API does not start: {e.Message}");
    return 2;
}

/// <summary>The host; public so that tests can start it.</summary>
public partial class Program;
