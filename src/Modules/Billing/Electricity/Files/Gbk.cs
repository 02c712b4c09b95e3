using System.Text;

namespace Billing.Electricity.Files;

/// <summary>GBK, as the files of the power side are written. What it cannot hold is refused, never replaced by a question mark.</summary>
internal static class Gbk
{
    private static readonly Encoding s_strict = CodePagesEncodingProvider.Instance.GetEncoding(
        "GBK",
        EncoderFallback.ExceptionFallback,
        DecoderFallback.ExceptionFallback
    )!;

    public static Encoding Encoding => s_strict;

    /// <summary>The text of these bytes; null where they are no GBK.</summary>
    public static string? Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// A text in a field of so many bytes, filled with spaces on the right. A character that would fall across the border is cut before it.
    /// </summary>
    public static void Put(string text, Span<byte> field)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<char> chars = stackalloc char[2];
        Span<byte> bytes = stackalloc byte[8];
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var written = s_strict.GetBytes(chars[..rune.EncodeToUtf16(chars)], bytes);
            if (at + written > field.Length)
            {
                break;
            }

            bytes[..written].CopyTo(field[at..]);
            at += written;
        }

        field[at..].Fill((byte)' ');
    }
}
