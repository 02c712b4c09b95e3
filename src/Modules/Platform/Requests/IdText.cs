using System.Globalization;

namespace Platform.Requests;

/// <summary>Ids as they stand in JSON and in paths: decimal text, for 64 bits are more than a JavaScript number holds.</summary>
public static class IdText
{
    public static string Of(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Null when the text is no id.</summary>
    public static long? Parse(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Ids that a validator has found to be ids, each once.</summary>
    public static IReadOnlyList<long> ParseAll(IEnumerable<string> texts) => [.. texts.Select(t => Parse(t)!.Value).Distinct()];
}
