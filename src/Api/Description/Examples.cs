using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

#pragma warning disable CS0618 // The file is OpenAPI 3.0, where a schema has an example; the list of examples is of 3.1 only.

namespace Api;

/// <summary>
/// Gives every request and answer an example (PL-06.1), put together from those of its fields: a field's own, as its record's documentation gives
/// it, or one for its name, or one for its type within its limits.
/// </summary>
internal sealed class Examples : IDocumentFilter
{
    private const int MaxDepth = 8;
    private const string Opening = "<example>";
    private const string Closing = "</example>";

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var schemas = swaggerDoc.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>();
        foreach (var (name, field) in schemas.Values.SelectMany(s => s.Properties ?? new Dictionary<string, IOpenApiSchema>()))
        {
            if (field is OpenApiSchema own)
            {
                TakeFromDescription(own, name);
            }
        }

        foreach (var operation in swaggerDoc.Paths.Values.SelectMany(p => p.Operations ?? []).Select(o => o.Value))
        {
            Complete(operation);
        }
    }

    private static void Complete(OpenApiOperation operation)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if (parameter is { Schema: { } schema, Name: { } name })
            {
                parameter.Example ??= Make(schema, name, 0);
            }
        }

        foreach (var (type, media) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            Complete(type, media);
        }

        foreach (
            var (type, media) in (operation.Responses ?? []).Values.SelectMany(r => r.Content ?? new Dictionary<string, OpenApiMediaType>())
        )
        {
            Complete(type, media);
        }
    }

    private static void Complete(string mediaType, OpenApiMediaType media)
    {
        if (!mediaType.Contains("json", StringComparison.Ordinal))
        {
            // A page or a PDF is text or bytes, not the record that JSON shows.
            media.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = mediaType == "text/html" ? null : "binary" };
        }
        else if (media.Schema is { } schema)
        {
            media.Example ??= Make(schema, "", 0);
        }
    }

    private static JsonNode? Make(IOpenApiSchema schema, string name, int depth)
    {
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
            JsonSchemaType.Boolean => JsonValue.Create(false),
            JsonSchemaType.Integer => JsonValue.Create(ExampleValues.Number(name, schema)),
            JsonSchemaType.String => JsonValue.Create(ExampleValues.Text(name, schema)),
            _ => null,
        };
    }

    /// <summary>All that is required, and what has an example of its own; the rest is left out.</summary>
    private static JsonObject MakeObject(IOpenApiSchema schema, int depth)
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

    /// <summary>The documentation of records puts examples into the text of a parameter; they belong beside it.</summary>
    private static void TakeFromDescription(OpenApiSchema field, string name)
    {
        var text = field.Description ?? "";
        var (from, to) = (text.IndexOf(Opening, StringComparison.Ordinal), text.IndexOf(Closing, StringComparison.Ordinal));
        if (from >= 0 && to > from)
        {
            field.Description = (text[..from] + text[(to + Closing.Length)..]).Trim();
            field.Example ??= Parse(text[(from + Opening.Length)..to], field);
        }
        else if (field.Example is null && field.AllOf is null && field.Format is "date" or "date-time")
        {
            field.Example = JsonValue.Create(ExampleValues.Text(name, field));
        }
    }

    private static JsonNode? Parse(string text, OpenApiSchema field) =>
        (field.Type & ~JsonSchemaType.Null) is JsonSchemaType.String or null ? JsonValue.Create(text) : JsonNode.Parse(text);

    private static string Singular(string name) => name.EndsWith('s') ? name[..^1] : name;
}
