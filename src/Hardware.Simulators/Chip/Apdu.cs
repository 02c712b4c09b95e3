using System.Buffers.Binary;

namespace Hardware.Simulators.Chip;

/// <summary>A short command APDU taken apart. <c>Le</c> is null where none was sent, 0 where "all" was asked.</summary>
internal sealed record Apdu(byte[] Bytes, byte[] Data, byte? Le)
{
    internal byte Cla => Bytes[0];

    internal byte Ins => Bytes[1];

    internal byte P1 => Bytes[2];

    internal byte P2 => Bytes[3];

    /// <summary>The command without Le, as secure messaging sees it.</summary>
    internal ReadOnlySpan<byte> Body => Bytes.AsSpan(0, Data.Length == 0 ? 4 : 5 + Data.Length);

    /// <summary>Null when the lengths do not fit together (6700).</summary>
    internal static Apdu? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is < 4 or > 261)
        {
            return null;
        }

        if (bytes.Length <= 5)
        {
            return new(bytes.ToArray(), [], bytes.Length == 5 ? bytes[4] : null);
        }

        int lc = bytes[4];
        var fits = lc > 0 && (bytes.Length == 5 + lc || bytes.Length == 6 + lc);
        return fits ? new(bytes.ToArray(), bytes.Slice(5, lc).ToArray(), bytes.Length == 6 + lc ? bytes[^1] : null) : null;
    }
}

/// <summary>
/// What a command leads to. <c>Commit</c> is everything it changes in non-volatile memory; the chip runs it as one step, so that a tear falls
/// either before all of it or after all of it.
/// </summary>
internal sealed record Answer(ushort Status, byte[] Data, Action? Commit = null)
{
    public static implicit operator Answer(ushort status) => new(status, []);

    internal static Answer Of(byte[] data, Action? commit = null) => new(StatusWord.Done, data, commit);

    internal static Answer Done(Action commit) => new(StatusWord.Done, [], commit);

    internal static Answer Failed(ushort status, Action commit) => new(status, [], commit);

    internal byte[] Encode()
    {
        var encoded = new byte[Data.Length + 2];
        Data.CopyTo(encoded, 0);
        BinaryPrimitives.WriteUInt16BigEndian(encoded.AsSpan(Data.Length), Status);
        return encoded;
    }
}
