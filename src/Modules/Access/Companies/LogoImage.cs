using System.Buffers.Binary;

namespace Access.Companies;

/// <summary>An image that may be a logo: PNG or JPEG, by its content and not by what it is called, of a bounded size. Pure.</summary>
internal sealed record LogoImage(string MediaType, int Width, int Height)
{
    /// <summary>64 KiB: it goes into every document.</summary>
    public const int MostBytes = 64 * 1024;

    public const int LeastPixels = 16;
    public const int MostPixels = 1_200;

    /// <summary>What the file says of itself; null when it is neither, or cut short.</summary>
    public static LogoImage? Of(ReadOnlySpan<byte> file) => Png(file) ?? Jpeg(file);

    public bool HasGoodSize => Width is >= LeastPixels and <= MostPixels && Height is >= LeastPixels and <= MostPixels;

    /// <summary>Chunks up to the last; the first says the size, and another that says one would be believed by some programs.</summary>
    private static LogoImage? Png(ReadOnlySpan<byte> file)
    {
        const int HeadBytes = 8;
        const int ChunkBytes = 12;
        if (!file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return null;
        }

        LogoImage? found = null;
        for (var at = HeadBytes; at + ChunkBytes <= file.Length; )
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            var kind = file.Slice(at + 4, 4);
            if (length > file.Length - at - ChunkBytes)
            {
                return null;
            }

            if (kind.SequenceEqual("IHDR"u8))
            {
                if (found is not null || length < 8)
                {
                    return null;
                }

                found = new LogoImage("image/png", Number(file, at + 8), Number(file, at + 12));
            }
            else if (found is null)
            {
                return null;
            }
            else if (kind.SequenceEqual("IEND"u8))
            {
                return found;
            }

            at += (int)length + ChunkBytes;
        }

        return null;
    }

    /// <summary>Segments up to the scan, of which one says the size.</summary>
    private static LogoImage? Jpeg(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || !file.EndsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]))
        {
            return null;
        }

        LogoImage? found = null;
        for (var at = 2; at + 9 <= file.Length && file[at] == 0xFF; )
        {
            var kind = file[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);

            // Start of scan: pictures come next.
            if (kind == 0xDA)
            {
                return found;
            }

            // SOF0 to SOF15, without those that are tables: baseline, progressive, …
            if (kind is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                if (found is not null)
                {
                    return null;
                }

                found = new LogoImage(
                    "image/jpeg",
                    BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]),
                    BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..])
                );
            }

            at += 2 + Math.Max(2, (int)length);
        }

        return null;
    }

    private static int Number(ReadOnlySpan<byte> file, int at) =>
        (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(file[at..]));
}
