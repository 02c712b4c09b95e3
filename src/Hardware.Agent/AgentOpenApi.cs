using System.Reflection;
using System.Text.Json;
using Hardware.Agent.Problems;
using Hardware.Agent.Security;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Hardware.Agent;

internal static class AgentOpenApi
{
    private const string Session = "session";

    internal static void AddAgentOpenApi(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(o =>
        {
            o.SwaggerDoc(
                "v1",
                new OpenApiInfo
                {
                    Title = "Hardware agent",
                    Version = "1",
                    Description =
                        "Local REST service beside the card reader. It carries card operations between the API and the card, reads cards, "
                        + "and tells of readers and cards. "
                        + "It listens on this machine only and answers only pages whose origin is allowed and which have opened a session.",
                    Contact = new OpenApiContact { Name = "The product team", Url = new Uri("https://localhost/support") },
                    License = new OpenApiLicense { Name = "Proprietary", Url = new Uri("https://localhost/licence") },
                }
            );
            o.AddServer(new OpenApiServer { Url = Settings.SettingsCheck.DefaultUrl, Description = "The counter's own machine" });
            o.SupportNonNullableReferenceTypes();
            foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "Hardware.*.xml"))
            {
                o.IncludeXmlComments(file);
            }

            o.SchemaFilter<RequiredProperties>();
            o.OperationFilter<SessionOnlyWhereNeeded>();
            o.DocumentFilter<WholeDocument>();
            o.DocumentFilter<AgentExamples>();
            o.AddSecurityDefinition(
                Session,
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = "The token of POST /v1/sessions, for the origin that opened the session.",
                }
            );
        });
    }

    /// <summary>Health and opening a session need none.</summary>
    private sealed class SessionOnlyWhereNeeded : IOperationFilter
    {
        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<NoSessionNeeded>().Any())
            {
                operation.Security = [new OpenApiSecurityRequirement()];
                return;
            }

            operation.Responses ??= [];
            operation.Responses.TryAdd(
                "401",
                new OpenApiResponse
                {
                    Description = "Unauthorized",
                    Content = new Dictionary<string, IOpenApiMediaType>
                    {
                        ["application/problem+json"] = new OpenApiMediaType
                        {
                            Schema = context.SchemaGenerator.GenerateSchema(typeof(Problems.AgentProblem), context.SchemaRepository),
                        },
                    },
                }
            );
        }
    }

    /// <summary>What C# says is never null is required, so that a generated client need not ask.</summary>
    private sealed class RequiredProperties : ISchemaFilter
    {
        private readonly NullabilityInfoContext _nullability = new();

        public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
        {
            if (schema is not OpenApiSchema { Properties: { Count: > 0 } properties } whole)
            {
                return;
            }

            var never = context
                .Type.GetProperties()
                .Where(p => _nullability.Create(p).ReadState == NullabilityState.NotNull)
                .Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name));
            whole.Required = never.Where(properties.ContainsKey).ToHashSet();
        }
    }

    private sealed class WholeDocument : IDocumentFilter
    {
        public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
        {
            swaggerDoc.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Session, swaggerDoc)] = [] }];
            swaggerDoc.Tags = new HashSet<OpenApiTag>
            {
                new()
                {
                    Name = "Sessions",
                    Description = "A page's session: its origin must be allowed, its token comes with every request.",
                },
                new() { Name = "Readers", Description = "Card readers of this machine and what happens at them." },
                new() { Name = "Card", Description = "What can be read from a card without a PIN." },
                new() { Name = "Operations", Description = "Card operations of the API, carried to the card." },
                new() { Name = "Simulator", Description = "A person at the virtual readers; only with Agent:Transport=virtual." },
                new() { Name = "Health", Description = "For whoever watches the agent." },
            };
        }
    }
}
