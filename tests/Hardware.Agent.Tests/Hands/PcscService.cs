using System.Diagnostics;
using System.Globalization;
using TestRuns;

namespace Hardware.Agent.Tests.Hands;

/// <summary>The PC/SC service that eng/lib/pcsc.sh runs. A machine has one, so tests that use it are one collection.</summary>
internal static class PcscService
{
    internal const string Collection = "the machine's card readers";
    internal const string Variable = "PCSC_TEST";
    internal const string Reader1 = "Virtual PCD 00 00";
    internal const string Reader2 = "Virtual PCD 00 01";

    private static readonly string? Folder = Environment.GetEnvironmentVariable(Variable);

    /// <summary>Why tests with the service are skipped, or null.</summary>
    internal static string? Missing =>
        string.IsNullOrEmpty(Folder)
            ? $"{Variable} names no PC/SC service; eng/test.sh starts one (pcscd with vpcd's virtual readers)."
            : null;

    internal static string ReaderFile => Path.Combine(Folder ?? "", "readers", "virtual");

    internal static void SkipWithout()
    {
        if (Missing is { } why)
        {
            Assert.Skip(why);
        }
    }

    /// <summary>SIGKILL, and it stays away until <see cref="Back"/>.</summary>
    internal static async Task Kill()
    {
        await File.WriteAllTextAsync(Hold, "");
        using var service = Process.GetProcessById(await Pid());
        service.Kill();
        await TestAgent.Until(() => Task.FromResult(!File.Exists(PidFile)), "the service is gone");
    }

    internal static async Task Back()
    {
        File.Delete(Hold);
        await TestAgent.Until(() => Task.FromResult(File.Exists(PidFile) && File.Exists("/run/pcscd/pcscd.comm")), "the service is back");
    }

    /// <summary>Runs a program to its end; gives what it wrote.</summary>
    internal static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false }
        );
        Assert.NotNull(process);
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience.Longest);
        await process.WaitForExitAsync().WaitAsync(Patience.Longest);
        return output;
    }

    private static string Hold => Path.Combine(Folder ?? "", "hold");

    private static string PidFile => Path.Combine(Folder ?? "", "pid");

    private static async Task<int> Pid() => int.Parse(await File.ReadAllTextAsync(PidFile), CultureInfo.InvariantCulture);
}
