using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Benchmarks;

/// <summary>
/// The two calls of Linux that .NET does not offer: to wait for many sockets with a limit finer than a millisecond, and to be woken punctually.
/// </summary>
internal static unsafe partial class Kernel
{
    public const short Readable = 1;
    private const int Interrupted = 4;
    private const int SetTimerSlack = 29;

    /// <summary>The kernel's pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Watched
    {
        public int Socket;
        public short Asked;
        public short Ready;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Duration
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    /// <summary>The kernel may wake a sleeper 50 µs late to save power; that would count as the server's time.</summary>
    public static void WakePunctually() => _ = Control(SetTimerSlack, 1, 0, 0, 0);

    /// <summary>Waits until something can be read, at most as long as given; the answer is the number of sockets that can be read.</summary>
    public static int Wait(Watched[] sockets, long nanoseconds)
    {
        var limit = new Duration { Seconds = (nint)(nanoseconds / 1_000_000_000), Nanoseconds = (nint)(nanoseconds % 1_000_000_000) };
        fixed (Watched* first = sockets)
        {
            var ready = Poll(first, (nuint)sockets.Length, &limit, null);
            if (ready >= 0)
            {
                return ready;
            }
        }

        var error = Marshal.GetLastPInvokeError();
        return error == Interrupted ? 0 : throw new Win32Exception(error);
    }

    [LibraryImport("libc", EntryPoint = "ppoll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(Watched* sockets, nuint count, Duration* limit, void* signals);

    [LibraryImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int option, nuint value, nuint third, nuint fourth, nuint fifth);
}
