using System.Globalization;

namespace Access;

internal static class IdText
{
    /// <summary>Ids are strings in JSON: 64 bits are more than a JavaScript number holds.</summary>
    public static string Of(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static long? Parse(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Ids that a validator has found to be ids, each once.</summary>
    public static IReadOnlyList<long> ParseAll(IEnumerable<string> texts) => [.. texts.Select(t => Parse(t)!.Value).Distinct()];
}
