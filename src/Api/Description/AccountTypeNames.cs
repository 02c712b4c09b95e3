using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Api.Description;

/// <summary>Describes names of account types once, as an enumeration of what the modules declare.</summary>
internal sealed class AccountTypeNames(AccountTypes types) : ISchemaFilter
{
    private const string Id = "AccountKind";

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema own || context.MemberInfo?.GetCustomAttribute<AccountTypeNameAttribute>() is null)
        {
            return;
        }

        if (!context.SchemaRepository.Schemas.ContainsKey(Id))
        {
            context.SchemaRepository.AddDefinition(
                Id,
                new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Enum = [.. types.All.Select(t => (JsonNode)JsonValue.Create(t.Name)!)],
                    Description = Words(),
                }
            );
        }

        own.Type = null;
        own.AllOf = [new OpenApiSchemaReference(Id)];
    }

    private string Words() =>
        "The types of account. Credits are positive: what we owe grows by a credit, what we own (drawer, bank) by a debit. "
        + "So what we own shows as a negative balance.\n\n"
        + string.Join('\n', types.All.Select(t => $"- `{t.Name}`: {t.Zh}. {t.En} Owner: {t.Owner.Name}."));
}
