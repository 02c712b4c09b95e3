using System.Text.Json.Nodes;
using Microsoft.OpenApi;

#pragma warning disable CS0618 // The file is OpenAPI 3.0, where a schema has an example; the list of examples is of 3.1 only.

namespace Api.Description;

/// <summary>Makes an example for a schema from those of its fields, following references within the description.</summary>
internal sealed class ExampleMaker(IDictionary<string, IOpenApiSchema> schemas, Vocabulary words)
{
    private const int MaxDepth = 12;

    private readonly HashSet<string> _open = [];

    public JsonNode? Make(IOpenApiSchema schema, string name, int depth = 0)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } id })
        {
            return MakeNamed(id, name, depth);
        }

        if (schema.Example is { } own)
        {
            return own.DeepClone();
        }

        if (depth > MaxDepth)
        {
            return null;
        }

        if (schema.AllOf is [var only])
        {
            return Make(only, name, depth + 1);
        }

        if (schema.Enum is [{ } first, ..])
        {
            return first.DeepClone();
        }

        var type = schema.Type & ~JsonSchemaType.Null;
        return type switch
        {
            JsonSchemaType.Object => MakeObject(schema, depth),
            JsonSchemaType.Array => schema.Items is { } items && Make(items, Singular(name), depth + 1) is { } item
                ? new JsonArray(item)
                : new JsonArray(),
            JsonSchemaType.Boolean => JsonValue.Create(words.Truth(name)),
            JsonSchemaType.Integer => JsonValue.Create(words.Number(name, schema)),
            JsonSchemaType.String => JsonValue.Create(words.Text(name, schema)),
            null => new JsonObject(),
            _ => null,
        };
    }

    /// <summary>A schema that holds itself is shown once: its list of its own kind is empty.</summary>
    private JsonNode? MakeNamed(string id, string name, int depth)
    {
        if (!schemas.TryGetValue(id, out var found) || !_open.Add(id))
        {
            return null;
        }

        var made = Make(found, name, depth + 1);
        _open.Remove(id);
        return made;
    }

    /// <summary>All that is required, and what has an example of its own; the rest is left out.</summary>
    private JsonObject MakeObject(IOpenApiSchema schema, int depth)
    {
        var made = new JsonObject();
        foreach (var (name, field) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            var required = schema.Required?.Contains(name) == true;
            if ((required || field.Example is not null) && Make(field, name, depth + 1) is { } value)
            {
                made[name] = value;
            }
        }

        return made;
    }

    private static string Singular(string name) => name.EndsWith('s') ? name[..^1] : name;
}
