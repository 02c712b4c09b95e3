using System.Reflection;
using System.Runtime.InteropServices;

namespace Hardware.Agent.Cards.Pcsc;

/// <summary>
/// The calls that are the same in pcsc-lite and in Windows. The C types <c>DWORD</c> and <c>LONG</c> are 8 bytes in pcsc-lite on 64-bit Linux and
/// 4 bytes in Windows; <see cref="CULong"/> and <see cref="CLong"/> are that, too. Handles are as wide as a pointer in both.
/// </summary>
internal static partial class PcscLibrary
{
    internal const string Name = "pcsc";

    /// <summary>The bare libpcsclite.so is in the development package only.</summary>
    internal static string FileName => OperatingSystem.IsWindows() ? "winscard.dll" : "libpcsclite.so.1";

    // The static constructor runs before the first of these calls, and an assembly takes one resolver only.
    static PcscLibrary() => NativeLibrary.SetDllImportResolver(typeof(PcscLibrary).Assembly, Resolve);

    /// <summary>Makes sure that the resolver is there for calls declared elsewhere.</summary>
    internal static void Prepare() { }

    [LibraryImport(Name, EntryPoint = "SCardEstablishContext")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial CLong EstablishContext(CULong scope, nint reserved1, nint reserved2, out nint context);

    [LibraryImport(Name, EntryPoint = "SCardReleaseContext")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial CLong ReleaseContext(nint context);

    [LibraryImport(Name, EntryPoint = "SCardCancel")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial CLong Cancel(nint context);

    [LibraryImport(Name, EntryPoint = "SCardReconnect")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial CLong Reconnect(nint card, CULong share, CULong protocols, CULong initialization, out CULong protocol);

    [LibraryImport(Name, EntryPoint = "SCardDisconnect")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial CLong Disconnect(nint card, CULong disposition);

    // The caller's own request, never the library's global g_rgSCardT0Pci: a variable cannot be imported.
    [LibraryImport(Name, EntryPoint = "SCardTransmit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial CLong Transmit(
        nint card,
        in IoRequest sendRequest,
        ReadOnlySpan<byte> command,
        CULong commandLength,
        nint receiveRequest,
        Span<byte> answer,
        ref CULong answerLength
    );

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search) =>
        name == Name ? NativeLibrary.Load(FileName, assembly, search) : 0;

    /// <summary>SCARD_IO_REQUEST: 16 bytes in pcsc-lite on 64-bit Linux, 8 in Windows.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct IoRequest
    {
        internal CULong Protocol;
        internal CULong Length;
    }
}
