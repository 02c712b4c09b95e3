using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Platform;
using Platform.Parameters;

namespace Api.Description;

/// <summary>
/// What the modules say of the names in addresses, headers and bodies, so that there is one branch, one customer, one card throughout the
/// description.
/// </summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<(string Name, ApiPlace Place), ApiWord> _words = [];
    private readonly string _id;

    /// <summary>Refuses the start when a name is explained twice: a reader would meet either.</summary>
    public Vocabulary(IEnumerable<ApiWord> words)
    {
        foreach (var word in words)
        {
            if (!_words.TryAdd((word.Name, word.Place), word))
            {
                throw new StartRefusedException(
                    $"The description of the API explains the name {word.Name} twice; leave it to one module.",
                    $"接口说明对名称 {word.Name} 解释了两次，请只由一个模块说明。"
                );
            }
        }

        _id = Find("id", ApiPlace.Anywhere)!.Text!;
    }

    /// <summary>What a parameter means; null for one that has no words yet, which a test finds.</summary>
    public string? Meaning(string name, ParameterLocation? place) =>
        Words(name, place).Select(w => w.Meaning).FirstOrDefault(m => m is not null);

    /// <summary>The example of a parameter whose name means something else in bodies.</summary>
    public JsonNode? Parameter(string name, ParameterLocation? place) =>
        Words(name, place).Where(w => w.Place != ApiPlace.Anywhere).Select(w => w.Text).FirstOrDefault(t => t is not null) is { } text
            ? JsonValue.Create(text)
            : null;

    /// <summary>The first of the names that a pattern lets in; null where it is no choice of names.</summary>
    public static JsonNode? OneOf(IOpenApiSchema schema) =>
        schema.Pattern is ['^', '(', .. var names, ')', '$'] && names.All(c => char.IsAsciiLetter(c) || c == '|')
            ? JsonValue.Create(names.Split('|')[0])
            : null;

    public string Text(string name, IOpenApiSchema schema) =>
        schema.Format switch
        {
            "date" => "2026-11-22",
            "date-time" => "2026-11-22T02:15:30.1234567Z",
            _ when Find(name, ApiPlace.Anywhere)?.Text is { } known => known,
            _ when name.EndsWith("Id", StringComparison.Ordinal) => _id,
            _ => "text"[..Math.Min("text".Length, schema.MaxLength ?? int.MaxValue)],
        };

    public long Number(string name, IOpenApiSchema schema)
    {
        var value = Find(name.EndsWith("Id", StringComparison.Ordinal) ? "id" : name, ApiPlace.Anywhere)?.Number ?? 1;
        var least = long.TryParse(schema.Minimum, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var l)
            ? l
            : long.MinValue;
        var most = long.TryParse(schema.Maximum, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var m)
            ? m
            : long.MaxValue;
        return Math.Clamp(value, least, most);
    }

    public bool Truth(string name) => Find(name, ApiPlace.Anywhere)?.True == true;

    private ApiWord? Find(string name, ApiPlace place) => _words.GetValueOrDefault((name, place));

    /// <summary>The narrowest place first.</summary>
    private IEnumerable<ApiWord> Words(string name, ParameterLocation? place) =>
        new[]
        {
            place == ParameterLocation.Path ? Find(name, ApiPlace.Path) : null,
            Find(name, ApiPlace.Parameter),
            Find(name, ApiPlace.Anywhere),
        }.OfType<ApiWord>();
}
