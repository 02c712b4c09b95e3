using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Problems;

namespace Platform.Requests;

/// <summary>
/// The one rule for every text that a request brings. It has no control characters, no line separators and no characters that turn the direction of
/// writing: they break documents and logs, or show another text than is stored. Blanks around it are no part of it.
/// </summary>
public static class PlainText
{
    /// <summary>The name of the rule in a problem.</summary>
    public const string Rule = "plain-text";

    private static readonly SearchValues<char> s_refused = SearchValues.Create([.. Refused()]);

    /// <summary>The characters that no text may have.</summary>
    public static IEnumerable<char> Refused() =>
        Enumerable.Range(0, char.MaxValue).Select(c => (char)c).Where(c => char.IsControl(c) || IsLineSeparator(c) || TurnsDirection(c));

    /// <summary>Is there no such character in it?</summary>
    public static bool Holds(ReadOnlySpan<char> text) => !text.ContainsAny(s_refused);

    /// <summary>What is wrong with a text that is not plain, in the language of the request.</summary>
    public static string Message =>
        Language.IsChinese
            ? "文本不能包含控制字符或改变书写方向的字符。"
            : "The text must not contain control characters or characters that change the writing direction.";

    private static bool IsLineSeparator(char c) => c is '\u2028' or '\u2029';

    /// <summary>The embeddings, overrides and isolates of Unicode's bidirectional algorithm.</summary>
    private static bool TurnsDirection(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}

/// <summary>A text of a request's body is not plain; the serializer adds where it stands.</summary>
internal sealed class TextNotPlainException() : JsonException("The text contains a forbidden character.");

/// <summary>Reads the texts of request bodies: without the blanks around them, and refused when they are not plain.</summary>
internal sealed class RequestText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || reader.GetString() is not { } text)
        {
            throw new JsonException();
        }

        return PlainText.Holds(text) ? text.Trim() : throw new TextNotPlainException();
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);
}
