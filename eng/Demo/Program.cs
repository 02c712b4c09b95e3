using System.Runtime.InteropServices;
using Demo;

if (Options.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync("eng/demo.sh: wrong usage (see --help)");
    return 2;
}

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
var folder = Directory.CreateTempSubdirectory("fuel-demo.").FullName;
try
{
    return await Counters.Run(options, folder, stop.Token);
}
catch (Exception e) when (stop.IsCancellationRequested && e is (OperationCanceledException or DemoFailedException))
{
    return 130;
}
catch (DemoFailedException e)
{
    await Console.Error.WriteLineAsync($"The demo ended: {e.Message}");
    return 1;
}
finally
{
    if (options.Keep)
    {
        Screen.Line($"Database, logs and documents: {folder}");
    }
    else
    {
        if (options.Loads is null && options.Sales is null)
        {
            Screen.Line($"Removed {folder}; --keep leaves database, logs and documents.");
        }

        Directory.Delete(folder, recursive: true);
    }
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true; // the processes we started must end, too
    stop.Cancel();
}
