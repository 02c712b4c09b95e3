using System.Globalization;

namespace Billing.Electricity.Files;

/// <summary>
/// The fixed-width form, in bytes of GBK: numbers right-aligned with zeros and amounts in fen, texts left-aligned with spaces. A detail has 250
/// bytes, of a result 300; header and trailer are filled up to 250.
/// </summary>
internal static class FixedLayout
{
    public const int Bytes = 250;
    public const int ResultBytes = 300;

    public static readonly int[] Detail = [1, 8, 13, 60, 6, 2, 16, 12, 12, 12, 32, 60, 1, 15];
    public static readonly int[] Outcome = [4, 12, 20, 14];
    public static readonly int[] Header = [1, 3, 5, 4, 9, 8, 3, 8, 14];
    public static readonly int[] Trailer = [1, 8, 14];
    public static readonly int[] ResultTrailer = [1, 8, 14, 8, 14];

    /// <summary>The fields of a line without the spaces that fill them; null where it is not as long as it must be, or no GBK.</summary>
    public static string[]? Split(ReadOnlySpan<byte> line, ReadOnlySpan<int> widths)
    {
        if (line.Length != Bytes)
        {
            return null;
        }

        var fields = new string[widths.Length];
        var at = 0;
        for (var i = 0; i < widths.Length; i++)
        {
            if (Gbk.Text(line.Slice(at, widths[i])) is not { } text)
            {
                return null;
            }

            fields[i] = text.TrimEnd(' ');
            at += widths[i];
        }

        return fields;
    }

    public static long? Number(string digits) =>
        digits.Length > 0
        && digits.All(char.IsAsciiDigit)
        && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

/// <summary>Puts a fixed-width line together.</summary>
internal sealed class FixedLine(int bytes)
{
    private readonly byte[] _line = Spaces(bytes);
    private int _at;

    public FixedLine Text(string text, int width)
    {
        Gbk.Put(text, _line.AsSpan(_at, width));
        _at += width;
        return this;
    }

    public FixedLine Number(long number, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        var digits = number.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
        return digits.Length > width
            ? throw new ArgumentOutOfRangeException(nameof(number), number, "Too long for its field.")
            : Text(digits, width);
    }

    public byte[] Done() => _line;

    private static byte[] Spaces(int bytes)
    {
        var line = new byte[bytes];
        line.AsSpan().Fill((byte)' ');
        return line;
    }
}
