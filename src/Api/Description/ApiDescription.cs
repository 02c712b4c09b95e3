using System.Globalization;
using System.Text.Json;
using Access.Applications;
using Microsoft.OpenApi;
using Platform.Problems;
using Swashbuckle.AspNetCore.Swagger;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Api.Description;

/// <summary>The OpenAPI file of the counter API, read off the routes (PL-06.1).</summary>
internal static class ApiDescription
{
    public const string Document = "counter.v1";
    public const string Address = $"/openapi/{Document}.json";

    public static void AddApiDescription(this IServiceCollection services, IReadOnlyList<IModule> modules)
    {
        services.AddSingleton(new Vocabulary([.. PlatformApiWords.All, .. modules.SelectMany(m => m.ApiWords)]));
        services.AddSingleton(new PartsOfTheApi(modules));
        services.AddEndpointsApiExplorer();
        services.AddSingleton<RequestRules>();
        services.AddSwaggerGen(o =>
        {
            o.SwaggerDoc(
                Document,
                new OpenApiInfo
                {
                    Title = "Counter API",
                    Version = "v1",
                    Description =
                        "Stored-value and prepayment platform. Counters, self-service machines and partners call this API. Amounts of money are "
                        + "integers in fen.",
                    Contact = new OpenApiContact { Name = "The administrator of this installation" },
                    License = new OpenApiLicense
                    {
                        Name = "Proprietary; ask the administrator of this installation",
                        Url = new Uri("/", UriKind.Relative),
                    },
                }
            );
            o.AddServer(new OpenApiServer { Url = "/" });
            o.SupportNonNullableReferenceTypes();
            o.NonNullableReferenceTypesAsRequired();
            o.UseAllOfToExtendReferenceSchemas();
            o.CustomOperationIds(d => d.ActionDescriptor.EndpointMetadata.OfType<IEndpointNameMetadata>().FirstOrDefault()?.EndpointName);
            o.OperationFilter<OperationDescription>();
            o.SchemaFilter<SchemaLimits>();
            o.DocumentFilter<DocumentDescription>();
            o.DocumentFilter<Examples>();
            foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.xml"))
            {
                o.IncludeXmlComments(file);
            }

            // After the comments, which give the enumeration's own sentence.
            o.SchemaFilter<EnumWords>();
            o.SchemaFilter<AnswerParts>();
            o.SchemaFilter<AccountTypeNames>();

            o.AddSecurityDefinition(
                "operator",
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = "The access token of POST /v1/sign-in.",
                }
            );
            o.AddSecurityDefinition(
                "application",
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.OAuth2,
                    Description =
                        "An application's token (RFC 6749, 4.4: client credentials by basic authentication or in the form). It lives for 15 minutes. "
                        + "An application acts for one branch and never more than its scopes; scopes are rights.",
                    Flows = new OpenApiOAuthFlows
                    {
                        ClientCredentials = new OpenApiOAuthFlow
                        {
                            TokenUrl = new Uri(TokenEndpoint.Address, UriKind.Relative),
                            Scopes = modules.SelectMany(m => m.Rights).Where(r => !r.PeopleOnly).ToDictionary(r => r.Name, r => r.En),
                        },
                    },
                }
            );
        });
    }

    public static void MapApiDescription(this WebApplication app)
    {
        var file = new DescriptionFile(() => Make(app.Services));
        app.MapMethods(Address, [HttpMethods.Get, HttpMethods.Head], file.Answer).ExcludeFromDescription();
    }

    private static string Make(IServiceProvider services)
    {
        using var scope = services.CreateScope();
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        scope.ServiceProvider.GetRequiredService<ISwaggerProvider>().GetSwagger(Document).SerializeAsV3(new OpenApiJsonWriter(text));
        return text.ToString();
    }
}

/// <summary>Fields carry the limits that are checked, and are required where they are; problems are open to further members.</summary>
internal sealed class SchemaLimits(RequestRules rules) : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema own)
        {
            return;
        }

        if (context.Type == typeof(ProblemBody))
        {
            own.AdditionalPropertiesAllowed = true;
        }

        // A part that answers have, too, stays as it is: there every member is written.
        if (context.MemberInfo is null && context.Type.Name.EndsWith("Request", StringComparison.Ordinal))
        {
            own.Required?.ExceptWith(WithDefaults(context.Type));
        }

        if (context.MemberInfo is System.Reflection.PropertyInfo { DeclaringType: { } owner } property)
        {
            rules.Apply(own, owner, property.Name);
        }
    }

    /// <summary>What a request may leave out although it is never null: a member whose parameter has a default.</summary>
    private static IEnumerable<string> WithDefaults(Type request) =>
        request
            .GetConstructors()
            .SelectMany(c => c.GetParameters())
            .Where(p => p.HasDefaultValue)
            .Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name!));
}

/// <summary>What each part of the API is for, as its modules say: a part is named as their assembly.</summary>
internal sealed class PartsOfTheApi(IReadOnlyList<IModule> modules)
{
    /// <summary>The part that a type of a module belongs to: <c>Cards</c> for Platform.Cards.</summary>
    public static string Named(Type type) => type.Assembly.GetName().Name!.Split('.')[^1];

    /// <summary>Null for a part that has no words yet, which a test finds.</summary>
    public string? Description(string part) =>
        string.Join(' ', modules.Where(m => Named(m.GetType()) == part).Select(m => m.ApiDescription).OfType<string>())
            is { Length: > 0 } said
            ? said
            : null;
}

/// <summary>Tags with a word each.</summary>
internal sealed class DocumentDescription(PartsOfTheApi parts) : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var names = swaggerDoc
            .Paths.SelectMany(p => p.Value.Operations ?? [])
            .SelectMany(o => o.Value.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(t => t.Name)
            .OfType<string>();
        NameTypesOfNullableParts(swaggerDoc.Components?.Schemas);
        swaggerDoc.Tags = new HashSet<OpenApiTag>(
            names.Distinct().Order(StringComparer.Ordinal).Select(n => new OpenApiTag { Name = n, Description = parts.Description(n) })
        );
    }

    /// <summary>OpenAPI 3.0 lets a field be nullable only where its type stands beside it; a reference does not count.</summary>
    private static void NameTypesOfNullableParts(IDictionary<string, IOpenApiSchema>? schemas)
    {
        foreach (var field in (schemas ?? new Dictionary<string, IOpenApiSchema>()).Values.SelectMany(s => s.Properties?.Values ?? []))
        {
            if (
                field is OpenApiSchema { AllOf: [OpenApiSchemaReference { Reference.Id: { } id }], Type: JsonSchemaType.Null } own
                && schemas![id].Type is { } type
            )
            {
                own.Type = type | JsonSchemaType.Null;
            }
        }
    }
}
