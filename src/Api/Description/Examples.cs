using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

#pragma warning disable CS0618 // The file is OpenAPI 3.0, where a schema has an example; the list of examples is of 3.1 only.

namespace Api.Description;

/// <summary>
/// Gives every request and answer an example (PL-06.1), put together from those of its fields: a field's own, as its record's documentation gives
/// it, or one for its name, or one for its type within its limits.
/// </summary>
internal sealed class Examples(Vocabulary words) : IDocumentFilter
{
    private const string Opening = "<example>";
    private const string Closing = "</example>";

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var schemas = swaggerDoc.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>();
        foreach (var field in schemas.Values.SelectMany(s => s.Properties?.Values ?? []).OfType<OpenApiSchema>())
        {
            TakeFromList(field);
            TakeFromDescription(field);
        }

        var maker = new ExampleMaker(schemas, words);
        foreach (var operation in swaggerDoc.Paths.Values.SelectMany(p => p.Operations ?? []).Select(o => o.Value))
        {
            Complete(operation, maker);
        }
    }

    private void Complete(OpenApiOperation operation, ExampleMaker maker)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if (parameter is { Schema: { } schema, Name: { } name })
            {
                parameter.Example ??= Vocabulary.OneOf(schema) ?? words.Parameter(name, parameter.In) ?? maker.Make(schema, name);
            }
        }

        IEnumerable<IDictionary<string, IOpenApiMediaType>?> contents =
        [
            operation.RequestBody?.Content,
            .. (operation.Responses ?? []).Values.Select(r => r.Content),
        ];
        foreach (var (type, media) in contents.SelectMany(c => c ?? new Dictionary<string, IOpenApiMediaType>()))
        {
            if (media is OpenApiMediaType own)
            {
                Complete(type, own, maker);
            }
        }
    }

    private static void Complete(string mediaType, OpenApiMediaType media, ExampleMaker maker)
    {
        if (!mediaType.Contains("json", StringComparison.Ordinal))
        {
            // A page or a PDF is text or bytes, not the record that JSON shows.
            media.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = mediaType == "text/html" ? null : "binary" };
        }
        else if (media.Schema is { } schema)
        {
            media.Example ??= maker.Make(schema, "");
        }
    }

    /// <summary>Comments are read into the list of examples that OpenAPI 3.1 has.</summary>
    private static void TakeFromList(OpenApiSchema field)
    {
        if (field.Examples is [{ } first, ..])
        {
            field.Example ??= first;
            field.Examples = null;
        }
    }

    /// <summary>The documentation of records puts examples into the text of a parameter; they belong beside it.</summary>
    private static void TakeFromDescription(OpenApiSchema field)
    {
        var text = field.Description ?? "";
        var (from, to) = (text.IndexOf(Opening, StringComparison.Ordinal), text.IndexOf(Closing, StringComparison.Ordinal));
        if (from >= 0 && to > from)
        {
            field.Description = (text[..from] + text[(to + Closing.Length)..]).Trim();
            field.Example ??= Parse(text[(from + Opening.Length)..to], field);
        }
    }

    private static JsonNode? Parse(string text, OpenApiSchema field) =>
        (field.Type & ~JsonSchemaType.Null) is JsonSchemaType.String or null ? JsonValue.Create(text) : JsonNode.Parse(text);
}
