using System.Buffers.Binary;

namespace Platform.Tables;

/// <summary>
/// The end record of a zip, read before the zip is opened: opening reads as many directory entries as the file holds, and 32 MiB hold 700,000 of
/// them.
/// </summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int LongestComment = ushort.MaxValue;
    private const int LongestEntry = 1_024;

    /// <exception cref="TableRefusedException">It is no zip, or one with more than <paramref name="parts"/> parts.</exception>
    public static void Check(Stream file, int parts)
    {
        var tail = new byte[(int)Math.Min(file.Length, EndLength + LongestComment)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at + EndLength > tail.Length)
        {
            throw new TableRefusedException(TableFaults.Damaged("zip"));
        }

        var end = tail.AsSpan(at, EndLength);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        var start = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        if (count > parts || size > (long)parts * LongestEntry)
        {
            throw new TableRefusedException(TableFaults.TooManyParts(parts));
        }

        // The directory lies right before its end record: then opening cannot read more of it than was counted here. A zip64 has its own records
        // between.
        if (start + (long)size != file.Length - tail.Length + at)
        {
            throw new TableRefusedException(TableFaults.Damaged("zip"));
        }
    }
}
