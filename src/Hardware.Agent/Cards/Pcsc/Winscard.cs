using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Hardware.Agent.Cards.Pcsc;

/// <summary>Windows: names in UTF-16 under entry points that end in W, numbers of 4 bytes.</summary>
internal sealed partial class Winscard : IPcscNames
{
    public Winscard() => PcscLibrary.Prepare();

    public uint ListReaders(nint context, out IReadOnlyList<string> names)
    {
        var buffer = new char[MultiString.MostBytes / sizeof(char)];
        var length = (uint)buffer.Length;
        var code = ListReaders(context, 0, buffer, ref length);
        names = code == PcscCode.Success ? MultiString.Split(MemoryMarshal.AsBytes(buffer.AsSpan(0, (int)length)), Encoding.Unicode) : [];
        return code;
    }

    public uint GetStatusChange(nint context, uint timeoutMilliseconds, IReadOnlyList<WatchedReader> readers)
    {
        var states = new ReaderState[readers.Count];
        try
        {
            for (var i = 0; i < states.Length; i++)
            {
                states[i] = new() { Name = Marshal.StringToCoTaskMemUni(readers[i].Name), Known = readers[i].Known };
            }

            var code = GetStatusChange(context, timeoutMilliseconds, states, (uint)states.Length);
            for (var i = 0; i < states.Length && code == PcscCode.Success; i++)
            {
                readers[i].State = states[i].State;
                readers[i].Atr = states[i].Atr[..(int)Math.Min(states[i].AtrLength, AtrBytes.Length)].ToArray();
            }

            return code;
        }
        finally
        {
            Array.ForEach(states, s => Marshal.FreeCoTaskMem(s.Name));
        }
    }

    public uint Connect(nint context, string reader, uint share, uint protocols, out nint card, out uint protocol) =>
        ConnectNamed(context, reader, share, protocols, out card, out protocol);

    public uint Status(nint card, out byte[] atr)
    {
        var name = new char[256];
        var nameLength = (uint)name.Length;
        var buffer = new byte[AtrBytes.Length];
        var length = (uint)buffer.Length;
        var code = Status(card, name, ref nameLength, out _, out _, buffer, ref length);
        atr = code == PcscCode.Success ? buffer[..(int)Math.Min(length, AtrBytes.Length)] : [];
        return code;
    }

    [LibraryImport(PcscLibrary.Name, EntryPoint = "SCardListReadersW")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint ListReaders(nint context, nint groups, Span<char> readers, ref uint length);

    [LibraryImport(PcscLibrary.Name, EntryPoint = "SCardGetStatusChangeW")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetStatusChange(nint context, uint timeout, Span<ReaderState> states, uint count);

    [LibraryImport(PcscLibrary.Name, EntryPoint = "SCardConnectW", StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint ConnectNamed(nint context, string reader, uint share, uint protocols, out nint card, out uint protocol);

    [LibraryImport(PcscLibrary.Name, EntryPoint = "SCardStatusW")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint Status(
        nint card,
        Span<char> reader,
        ref uint readerLength,
        out uint state,
        out uint protocol,
        Span<byte> atr,
        ref uint atrLength
    );

    /// <summary>SCARD_READERSTATEW of Windows: 64 bytes on a 64-bit machine.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ReaderState
    {
        internal nint Name;
        internal nint UserData;
        internal uint Known;
        internal uint State;
        internal uint AtrLength;
        internal AtrBytes Atr;
    }

    [InlineArray(Length)]
    internal struct AtrBytes
    {
        internal const int Length = 36;
        private byte _first;
    }
}
