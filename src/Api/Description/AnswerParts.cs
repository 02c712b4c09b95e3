using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Api.Description;

/// <summary>Describes the fields that modules add to each other's answers as fields of those answers.</summary>
internal sealed class AnswerParts(IEnumerable<IAnswerPart> parts) : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        var added = parts.Where(p => p.Answer == context.Type).ToList();
        if (schema is not OpenApiSchema answer || added.Count == 0 || context.MemberInfo is not null)
        {
            return;
        }

        // What is not of a fixed name in code is of a fixed name in the API.
        (answer.AdditionalProperties, answer.AdditionalPropertiesAllowed) = (null, false);
        answer.Properties ??= new Dictionary<string, IOpenApiSchema>();
        foreach (var part in added)
        {
            var field = context.SchemaGenerator.GenerateSchema(part.Value, context.SchemaRepository);
            field.Description = part.Description;
            answer.Properties[part.Name] = field;
        }

        answer.Required = new SortedSet<string>(
            [.. answer.Required ?? new HashSet<string>(), .. added.Select(p => p.Name)],
            StringComparer.Ordinal
        );
    }
}
