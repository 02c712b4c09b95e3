using System.Text.Json.Nodes;

namespace Api.Tests.Platform;

/// <summary>The API's own description of itself, as the tests walk it.</summary>
internal sealed class ApiFile(JsonObject root)
{
    public const string Address = "/openapi/counter.v1.json";

    public JsonObject Root => root;

    public IEnumerable<KeyValuePair<string, JsonNode?>> Schemas => root["components"]!["schemas"]!.AsObject();

    public IReadOnlyList<ApiOperation> Operations { get; } =
    [
        .. root["paths"]!
            .AsObject()
            .SelectMany(p => p.Value!.AsObject().Select(o => new ApiOperation(p.Key, o.Key.ToUpperInvariant(), o.Value!.AsObject()))),
    ];

    public static async Task<ApiFile> Of(TestHost host) => new(JsonNode.Parse(await host.Client.GetStringAsync(Address))!.AsObject());

    /// <summary>A schema with references followed.</summary>
    public JsonObject Resolve(JsonNode schema)
    {
        var found = schema.AsObject();
        while (true)
        {
            if (found["allOf"] is JsonArray { Count: 1 } all)
            {
                found = all[0]!.AsObject();
            }
            else if (found["$ref"]?.GetValue<string>() is { } reference)
            {
                found = root["components"]!["schemas"]![reference.Split('/')[^1]]!.AsObject();
            }
            else
            {
                return found;
            }
        }
    }
}

internal sealed record ApiOperation(string Path, string Method, JsonObject Node)
{
    public string Id { get; } = Node["operationId"]?.GetValue<string>() ?? $"{Method} {Path}";

    public IReadOnlyList<JsonObject> Parameters { get; } = [.. (Node["parameters"]?.AsArray() ?? []).Select(p => p!.AsObject())];

    public JsonObject? BodyMedia => Node["requestBody"]?["content"]?["application/json"]?.AsObject();

    public JsonObject? BodyExample => BodyMedia?["example"]?.AsObject();

    public bool Reads => Method == "GET";

    public bool TakesKey => Parameters.Any(p => Name(p) == "Idempotency-Key");

    public bool IsOpen => Node["security"]!.AsArray().Count == 0;

    public IEnumerable<JsonObject> InPath => Parameters.Where(p => p["in"]!.GetValue<string>() == "path");

    /// <summary>The query without which the operation is not read, from the examples; empty when it needs none.</summary>
    public string NeededQuery
    {
        get
        {
            var needed = Parameters.Where(p => p["in"]!.GetValue<string>() == "query" && p["required"]?.GetValue<bool>() == true).ToList();
            return needed.Count == 0 ? "" : $"?{string.Join('&', needed.Select(p => $"{Name(p)}={p["example"]}"))}";
        }
    }

    public static string Name(JsonObject parameter) => parameter["name"]!.GetValue<string>();

    // Read at once: a JsonNode that several threads read is not safe.
    private readonly Dictionary<string, string[]> _codes = (Node["responses"]?.AsObject() ?? []).ToDictionary(
        r => r.Key,
        r => CodesIn(r.Value?["description"]?.GetValue<string>() ?? "")
    );

    /// <summary>The problem codes that the operation says it can answer with a status.</summary>
    public IReadOnlyList<string> Codes(int status) => _codes.GetValueOrDefault($"{status}") ?? [];

    private static string[] CodesIn(string description) =>
        [.. description.Split('\n').Where(l => l.StartsWith("- `", StringComparison.Ordinal)).Select(l => l[3..l.IndexOf('`', 3)])];

    /// <summary>The path with values in the place of its parameters; the parameter's own example where none is given.</summary>
    public string PathWith(IReadOnlyDictionary<string, string> values) =>
        InPath.Aggregate(
            Path,
            (path, p) =>
                path.Replace(
                    $"{{{Name(p)}}}",
                    Uri.EscapeDataString(values.GetValueOrDefault(Name(p)) ?? $"{p["example"]}"),
                    StringComparison.Ordinal
                )
        );
}
