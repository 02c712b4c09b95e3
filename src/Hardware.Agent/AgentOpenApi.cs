using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Api.Description;
using Hardware.Agent.Problems;
using Hardware.Agent.Security;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Hardware.Agent;

internal static class AgentOpenApi
{
    internal const string Address = "/openapi/v1.json";
    private const string Session = "session";
    private const string Document = "v1";

    internal static void AddAgentOpenApi(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(o =>
        {
            o.SwaggerDoc(
                Document,
                new OpenApiInfo
                {
                    Title = "Hardware agent",
                    Version = "1",
                    Description =
                        "Local REST service beside the card reader. It carries card operations between the API and the card, reads cards, "
                        + "and reports events of readers and cards. "
                        + "It listens on this machine only. It serves only pages with an allowed origin and an open session.",
                    Contact = new OpenApiContact { Name = "The administrator of this installation" },
                    License = new OpenApiLicense
                    {
                        Name = "Proprietary; ask the administrator of this installation",
                        Url = new Uri("/", UriKind.Relative),
                    },
                }
            );
            o.AddServer(new OpenApiServer { Url = Settings.SettingsCheck.DefaultUrl, Description = "The counter's own machine" });
            o.SupportNonNullableReferenceTypes();
            string[] described = ["Hardware.*.xml", "Meters.Carriers.xml"];
            foreach (var file in described.SelectMany(d => Directory.EnumerateFiles(AppContext.BaseDirectory, d)))
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

    /// <summary>The description at its address, for whoever may ask at all.</summary>
    internal static void UseAgentOpenApi(this WebApplication app)
    {
        var file = new DescriptionFile(() => Make(app.Services));
        app.Map(Address, branch => branch.Run(context => Answer(context, file)));
    }

    private static Task Answer(HttpContext context, DescriptionFile file)
    {
        if (context.Request.Path.HasValue)
        {
            return Refusals.OfStatus(StatusCodes.Status404NotFound).ExecuteAsync(context);
        }

        return HttpMethods.IsGet(context.Request.Method)
            ? file.Answer(context)
            : Refusals.OfStatus(StatusCodes.Status405MethodNotAllowed).ExecuteAsync(context);
    }

    private static string Make(IServiceProvider services)
    {
        using var scope = services.CreateScope();
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        scope.ServiceProvider.GetRequiredService<ISwaggerProvider>().GetSwagger(Document).SerializeAsV3(new OpenApiJsonWriter(text));
        return text.ToString();
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
                    Description = "The page's session. The origin must be allowed, and every request carries the session's token.",
                },
                new() { Name = "Readers", Description = "Card readers of this machine and their events." },
                new() { Name = "Card", Description = "Card data that is readable without a PIN." },
                new() { Name = "Operations", Description = "Card operations of the API, run at the card." },
                new()
                {
                    Name = "Simulator",
                    Description = "Actions of a person at the virtual readers. Available only with Agent:Transport=virtual.",
                },
                new() { Name = "Health", Description = "Health of the agent, for monitoring." },
            };
        }
    }
}
