namespace Platform.Tables;

/// <summary>The characters of a .dat file.</summary>
public enum DatEncoding
{
    /// <summary>UTF-8 without a byte order mark.</summary>
    Utf8,

    /// <summary>UTF-8 with a byte order mark.</summary>
    Utf8Bom,

    /// <summary>GB 18030, which GBK and GB 2312 are parts of.</summary>
    Gb18030,
}

/// <summary>How a .dat file is laid out: found in a file that came, kept with it, and followed by the file that answers it.</summary>
/// <param name="Separator">Comma, tab or '|'; null for fixed columns.</param>
/// <param name="CarriageReturn">Do lines end with CR LF (else with LF)?</param>
public sealed record DatLayout(DatEncoding Encoding, char? Separator, bool CarriageReturn)
{
    private const char Between = '/';

    /// <summary>As <see cref="Parse"/> reads it, to be kept in a column of at most 24 characters: <c>gb18030/fixed/crlf</c>.</summary>
    public override string ToString() => $"{EncodingName}{Between}{SeparatorName}{Between}{(CarriageReturn ? "crlf" : "lf")}";

    /// <exception cref="FormatException">The text is not one of <see cref="ToString"/>.</exception>
    public static DatLayout Parse(string text) =>
        text.Split(Between) is [var encoding, var separator, ("crlf" or "lf") and var end]
            ? new DatLayout(EncodingOf(encoding), SeparatorOf(separator), end == "crlf")
            : throw new FormatException($"Not a layout: {text}");

    private string EncodingName =>
        Encoding switch
        {
            DatEncoding.Utf8 => "utf8",
            DatEncoding.Utf8Bom => "utf8bom",
            _ => "gb18030",
        };

    private string SeparatorName =>
        Separator switch
        {
            ',' => "comma",
            '\t' => "tab",
            '|' => "bar",
            _ => "fixed",
        };

    private static DatEncoding EncodingOf(string name) =>
        name switch
        {
            "utf8" => DatEncoding.Utf8,
            "utf8bom" => DatEncoding.Utf8Bom,
            "gb18030" => DatEncoding.Gb18030,
            _ => throw new FormatException($"Not an encoding: {name}"),
        };

    private static char? SeparatorOf(string name) =>
        name switch
        {
            "comma" => ',',
            "tab" => '\t',
            "bar" => '|',
            "fixed" => null,
            _ => throw new FormatException($"Not a separator: {name}"),
        };
}
