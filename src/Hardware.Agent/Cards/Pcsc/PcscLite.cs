using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Hardware.Agent.Cards.Pcsc;

/// <summary>pcsc-lite: names in UTF-8, numbers as wide as a pointer.</summary>
internal sealed partial class PcscLite : IPcscNames
{
    public PcscLite() => PcscLibrary.Prepare();

    public uint ListReaders(nint context, out IReadOnlyList<string> names)
    {
        var buffer = new byte[MultiString.MostBytes];
        var length = (nuint)buffer.Length;
        var code = (uint)ListReaders(context, 0, buffer, ref length);
        names = code == PcscCode.Success ? MultiString.Split(buffer.AsSpan(0, (int)length), Encoding.UTF8) : [];
        return code;
    }

    public uint GetStatusChange(nint context, uint timeoutMilliseconds, IReadOnlyList<WatchedReader> readers)
    {
        var states = new ReaderState[readers.Count];
        try
        {
            for (var i = 0; i < states.Length; i++)
            {
                states[i] = new() { Name = Marshal.StringToCoTaskMemUTF8(readers[i].Name), Known = readers[i].Known };
            }

            var code = (uint)GetStatusChange(context, timeoutMilliseconds, states, (nuint)states.Length);
            for (var i = 0; i < states.Length && code == PcscCode.Success; i++)
            {
                readers[i].State = (uint)states[i].State;
                readers[i].Atr = states[i].Atr[..(int)Math.Min(states[i].AtrLength, AtrBytes.Length)].ToArray();
            }

            return code;
        }
        finally
        {
            Array.ForEach(states, s => Marshal.FreeCoTaskMem(s.Name));
        }
    }

    public uint Connect(nint context, string reader, uint share, uint protocols, out nint card, out uint protocol)
    {
        var code = (uint)Connect(context, reader, share, protocols, out card, out nuint active);
        protocol = (uint)active;
        return code;
    }

    public uint Status(nint card, out byte[] atr)
    {
        var name = new byte[256];
        var nameLength = (nuint)name.Length;
        var buffer = new byte[AtrBytes.Length];
        var length = (nuint)buffer.Length;
        var code = (uint)Status(card, name, ref nameLength, out _, out _, buffer, ref length);
        atr = code == PcscCode.Success ? buffer[..(int)Math.Min(length, AtrBytes.Length)] : [];
        return code;
    }

    [LibraryImport(PcscLibrary.Name, EntryPoint = "SCardListReaders")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ListReaders(nint context, nint groups, Span<byte> readers, ref nuint length);

    [LibraryImport(PcscLibrary.Name, EntryPoint = "SCardGetStatusChange")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint GetStatusChange(nint context, nuint timeout, Span<ReaderState> states, nuint count);

    [LibraryImport(PcscLibrary.Name, EntryPoint = "SCardConnect", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Connect(nint context, string reader, nuint share, nuint protocols, out nint card, out nuint protocol);

    [LibraryImport(PcscLibrary.Name, EntryPoint = "SCardStatus")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Status(
        nint card,
        Span<byte> reader,
        ref nuint readerLength,
        out nuint state,
        out nuint protocol,
        Span<byte> atr,
        ref nuint atrLength
    );

    /// <summary>SCARD_READERSTATE of pcsc-lite: 80 bytes on a 64-bit machine.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ReaderState
    {
        internal nint Name;
        internal nint UserData;
        internal nuint Known;
        internal nuint State;
        internal nuint AtrLength;
        internal AtrBytes Atr;
    }

    [InlineArray(Length)]
    internal struct AtrBytes
    {
        internal const int Length = 33;
        private byte _first;
    }
}
