using System.Text;

namespace Platform.Cards.Cryptography.Layouts;

/// <summary>What the chip's character set can hold (FC-01.9).</summary>
public static class CardText
{
    /// <summary>Written in place of a character that the chip cannot hold: 〓, which printers set for a character that they do not have.</summary>
    public const string Substitute = "〓";

    /// <summary>The characters of a text that the chip cannot hold, each once.</summary>
    public static IReadOnlyList<string> Missing(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.EnumerateRunes().Select(r => r.ToString()).Where(c => !Gbk.Holds(c)).Distinct()];
    }

    /// <summary>The text with a substitute for each character that the chip cannot hold.</summary>
    public static string Substituted(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(text.EnumerateRunes().Select(r => r.ToString()).Select(c => Gbk.Holds(c) ? c : Substitute));
    }
}

/// <summary>Text on cards is GBK, which .NET knows only through the code pages provider.</summary>
internal static class Gbk
{
    private static readonly Encoding Encoding =
        CodePagesEncodingProvider.Instance.GetEncoding("GBK")
        ?? throw new PlatformNotSupportedException("This runtime has no GBK encoding.");

    /// <summary>Does the character come back as it was? The encoding writes a question mark for what it does not know.</summary>
    internal static bool Holds(string character) =>
        string.Equals(Encoding.GetString(Encoding.GetBytes(character)), character, StringComparison.Ordinal);

    internal static void Write(string text, Span<byte> field)
    {
        var written = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var bytes = Encoding.GetBytes(rune.ToString());
            if (written + bytes.Length > field.Length)
            {
                return;
            }

            bytes.CopyTo(field[written..]);
            written += bytes.Length;
        }
    }

    internal static string Read(ReadOnlySpan<byte> field) => Encoding.GetString(field).TrimEnd('\0', '\uF8F5', '\uFFFD').TrimEnd();
}
