using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Hardware.Simulators.Readers;
using TestRuns;

namespace Api.Tests.Harness.Pcsc;

/// <summary>A virtual reader of the PC/SC service, and a hand at it.</summary>
internal sealed record PcscReader(string Name, VpcdCard Hand);

/// <summary>
/// Readers of these tests' own at the PC/SC service that eng/lib/pcsc.sh runs, beside its two: the service looks for cards and for their absence a
/// few times a second, so that several cards are in hand while one waits to be seen.
/// </summary>
internal static class PcscReaders
{
    public const string Variable = "PCSC_TEST";

    /// <summary>Readers in all; the service has at most 16.</summary>
    public const int Count = Drivers * SlotsOfADriver;

    private const int Drivers = 6;
    private const int SlotsOfADriver = 2;

    /// <summary>Below the ports of the tests' databases (from 20000) and those that the kernel gives to whoever asks for any (from 32768).</summary>
    private const int FirstPort = 16_100;
    private const string Driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";

    private static readonly string s_folder = Environment.GetEnvironmentVariable(Variable) ?? "";

    /// <summary>Why tests with the service are skipped, or null.</summary>
    public static string? Missing =>
        s_folder.Length > 0 ? null : $"{Variable} names no PC/SC service; eng/test.sh starts one (pcscd with vpcd's virtual readers).";

    private static string PidFile => Path.Combine(s_folder, "pid");

    /// <summary>There while the agent's tests stop and start the service.</summary>
    private static string Busy => Path.Combine(s_folder, "agent-tests");

    private static string Configuration => Path.Combine(s_folder, "readers", "api-tests");

    /// <summary>Adds the readers; they go with this process.</summary>
    public static async Task<Channel<PcscReader>> Add()
    {
        await Eventually.Holds(() => Task.FromResult(File.Exists(Busy)), busy => !busy);
        await File.WriteAllTextAsync(Configuration, string.Concat(Enumerable.Range(0, Drivers).Select(Entry)));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove();
        await Restart();
        var readers = Channel.CreateBounded<PcscReader>(Count);
        foreach (var (driver, slot) in from d in Enumerable.Range(0, Drivers) from s in Enumerable.Range(0, SlotsOfADriver) select (d, s))
        {
            await readers.Writer.WriteAsync(new PcscReader(Name(driver, slot), new VpcdCard("127.0.0.1", Port(driver) + slot)));
        }

        return readers;
    }

    // A driver knows its slots by their numbers alone; so each entry has a copy, which the service loads as a driver of its own.
    private static string Entry(int driver)
    {
        var copy = Path.Combine(s_folder, $"api-tests-{driver}.so");
        File.Copy(Driver, copy, overwrite: true);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            FRIENDLYNAME "{Friendly(driver)}"
            DEVICENAME   /dev/null:0x{Port(driver):X}
            LIBPATH      {copy}
            CHANNELID    0x{Port(driver):X}


            """
        );
    }

    private static void Remove()
    {
        File.Delete(Configuration);
        End();
    }

    /// <summary>The service reads its configuration when it starts; whoever runs it starts it again when it has ended.</summary>
    private static async Task Restart()
    {
        var before = End();
        using var patience = new CancellationTokenSource(Patience.Longest);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (Pid() is null || Pid() == before || !Listens())
        {
            Assert.False(patience.IsCancellationRequested, $"The PC/SC service is not back within {Patience.Longest.TotalSeconds} s.");
            await look.WaitForNextTickAsync();
        }
    }

    private static int? End()
    {
        var pid = Pid();
        if (pid is { } running)
        {
            using var service = Process.GetProcessById(running);
            service.Kill();
        }

        return pid;
    }

    private static int? Pid() =>
        File.Exists(PidFile) && int.TryParse(File.ReadAllText(PidFile), CultureInfo.InvariantCulture, out var pid) ? pid : null;

    /// <summary>The last of the readers: then all are there.</summary>
    private static bool Listens()
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, Port(Drivers - 1) + SlotsOfADriver - 1);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int Port(int driver) => FirstPort + (driver * SlotsOfADriver);

    // The agent knows by this word how a memory card is spoken to behind the reader.
    private static string Friendly(int driver) => $"Virtual API test {driver}";

    private static string Name(int driver, int slot) => $"{Friendly(driver)} 00 {slot:X2}";
}
