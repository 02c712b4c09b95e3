using System.Collections.Frozen;
using System.Xml.Linq;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Api.Description;

/// <summary>Says of each value of an enumeration what it means, from the code's own documentation.</summary>
internal sealed class EnumWords : ISchemaFilter
{
    private readonly FrozenDictionary<string, string> _words = Directory
        .EnumerateFiles(AppContext.BaseDirectory, "*.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .Where(m => m.Attribute("name")?.Value.StartsWith("F:", StringComparison.Ordinal) == true)
        .DistinctBy(m => m.Attribute("name")!.Value)
        .ToFrozenDictionary(m => m.Attribute("name")!.Value[2..], m => OneLine(m.Element("summary")?.Value ?? ""), StringComparer.Ordinal);

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        // The schema of the enumeration itself, and not a field of that type.
        if (schema is not OpenApiSchema { Enum.Count: > 0 } own || !context.Type.IsEnum || context.MemberInfo is not null)
        {
            return;
        }

        var values = Enum.GetValuesAsUnderlyingType(context.Type)
            .Cast<object>()
            .Select(v => Enum.GetName(context.Type, v)!)
            .Select(n =>
                (
                    Json: System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(n),
                    Words: _words.GetValueOrDefault($"{context.Type.FullName}.{n}")
                )
            )
            .Select(v => $"- `{v.Json}`: {v.Words}");
        own.Description = $"{own.Description}\n\n{string.Join('\n', values)}".Trim();
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
