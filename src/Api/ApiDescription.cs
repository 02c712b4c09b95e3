using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Platform;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Api;

/// <summary>The OpenAPI file of the counter API, read off the routes (PL-06.1).</summary>
internal static class ApiDescription
{
    public const string Document = "counter.v1";

    public static void AddApiDescription(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(o =>
        {
            o.SwaggerDoc(
                Document,
                new OpenApiInfo
                {
                    Title = "Counter API",
                    Version = "v1",
                    Description = "Stored-value and prepayment platform: what counters, kiosks and partners call. Money is whole fen.",
                    Contact = new OpenApiContact { Name = "The product team", Url = new Uri("https://localhost/support") },
                    License = new OpenApiLicense { Name = "Proprietary", Url = new Uri("https://localhost/licence") },
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
            foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.xml"))
            {
                o.IncludeXmlComments(file);
            }

            o.AddSecurityDefinition(
                "operator",
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = "The access token of POST /v1/sign-in.",
                }
            );
        });
    }

    public static void MapApiDescription(this WebApplication app) => app.MapSwagger("/openapi/{documentName}.json");
}

/// <summary>Adds what the route's metadata says: rights, headers, problems with their codes.</summary>
internal sealed class OperationDescription : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<TakesIdempotencyKey>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(
                Header(
                    "Idempotency-Key",
                    "1 to 64 visible ASCII characters; the same key with the same request gives the first answer again.",
                    required: true
                )
            );
        }

        if (metadata.OfType<TakesIdempotencyKey>().Any() || metadata.OfType<TakesApprovalToken>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(
                Header("Approval-Token", "The one-time token of an approval, where the operation asked for one.", required: false)
            );
        }

        var right = metadata.OfType<RequiredRight>().FirstOrDefault()?.Right;
        if (right is not null || metadata.OfType<AnySignedIn>().Any())
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("operator", context.Document)] = [] },
            ];
        }

        var open = metadata.OfType<OpenToAll>().FirstOrDefault();
        operation.Description = string.Join(
            "\n\n",
            new[]
            {
                operation.Description,
                right is null ? null : $"Right: `{right.Name}`.",
                open is null ? null : $"Open to all: {open.Reason}.",
            }.OfType<string>()
        );
        operation.Tags = new HashSet<OpenApiTagReference> { new(Tag(context), context.Document) };
        AddProblems(operation, metadata.OfType<CanRefuse>().DistinctBy(r => r.Code), context);
    }

    private static string Tag(OperationFilterContext context) =>
        context.MethodInfo.DeclaringType?.Assembly.GetName().Name is { } name && name != "Api" ? name : "Platform";

    private static void AddProblems(OpenApiOperation operation, IEnumerable<CanRefuse> refusals, OperationFilterContext context)
    {
        operation.Responses ??= [];
        CanRefuse[] always = [CanRefuse.Of(typeof(InvalidParameter)), CanRefuse.Of(typeof(InternalError))];
        foreach (var byStatus in refusals.Concat(always).DistinctBy(r => r.Code).GroupBy(r => r.Status).OrderBy(g => g.Key))
        {
            var codes = string.Join("\n", byStatus.OrderBy(r => r.Code, StringComparer.Ordinal).Select(r => $"- `{r.Code}`: {r.Meaning}"));
            operation.Responses[byStatus.Key.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = codes,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new()
                    {
                        Schema = context.SchemaGenerator.GenerateSchema(typeof(ProblemBody), context.SchemaRepository),
                    },
                },
            };
        }
    }

    private static OpenApiParameter Header(string name, string description, bool required) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Header,
            Required = required,
            Description = description,
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MinLength = 1,
                MaxLength = 64,
            },
            Example = JsonValue.Create(
                name == "Idempotency-Key" ? "4f5c1d1e-2b7a-4d0e-9a55-0d9f6b1c7a10" : "q8b5xk1V3rM0s7TqYwHc2n9dZ4uLfJ6eGpAoXiBvRtE"
            ),
        };
}

/// <summary>Whole numbers are 64-bit, problems are open to further members.</summary>
internal sealed class SchemaLimits : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is OpenApiSchema own && context.Type == typeof(ProblemBody))
        {
            own.AdditionalPropertiesAllowed = true;
        }
    }
}

/// <summary>Tags with a word each.</summary>
internal sealed class DocumentDescription : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var names = swaggerDoc
            .Paths.SelectMany(p => p.Value.Operations ?? [])
            .SelectMany(o => o.Value.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(t => t.Name)
            .OfType<string>();
        swaggerDoc.Tags = new HashSet<OpenApiTag>(
            names
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(n => new OpenApiTag { Name = n, Description = $"What the module {n} offers." })
        );
    }
}
