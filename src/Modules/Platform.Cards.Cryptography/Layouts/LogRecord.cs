namespace Platform.Cards.Cryptography.Layouts;

/// <summary>
/// One record of the chip's transaction log, 23 bytes. The counter is the one after the transaction: the online counter for load and
/// unload, the offline counter for a purchase.
/// </summary>
public sealed record LogRecord(ushort Counter, uint Amount, byte Type, string Terminal, string Time)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 23;

    /// <summary>The 23 bytes; overdraft is always 0.</summary>
    public byte[] Encode()
    {
        var record = new byte[Size];
        var message = new CardMessage(record);
        message.Add(Counter);
        message.Add([0, 0, 0]);
        message.Add(Amount);
        message.Add(Type);
        message.Terminal(Convert.FromHexString(Terminal));
        message.Time(Convert.FromHexString(Time));
        return record;
    }

    /// <summary>Reads a record; null when it is too short.</summary>
    public static LogRecord? Decode(ReadOnlySpan<byte> record) =>
        record.Length < Size
            ? null
            : new(
                BinaryPrimitives.ReadUInt16BigEndian(record),
                BinaryPrimitives.ReadUInt32BigEndian(record[5..]),
                record[9],
                Convert.ToHexString(record.Slice(10, CardTime.TerminalLength)),
                Convert.ToHexString(record.Slice(16, CardTime.Size))
            );
}
