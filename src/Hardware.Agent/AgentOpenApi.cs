using System.Reflection;
using Hardware.Agent.Problems;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Hardware.Agent;

internal static class AgentOpenApi
{
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
                        + "and tells of readers and cards. It listens on this machine only and answers only allowed pages.",
                    Contact = new OpenApiContact { Name = "Stored-value platform" },
                }
            );
            o.AddServer(new OpenApiServer { Url = Settings.SettingsCheck.DefaultUrl, Description = "The counter's own machine" });
            o.SupportNonNullableReferenceTypes();
            o.UseAllOfToExtendReferenceSchemas();
            o.IncludeXmlComments(Path.ChangeExtension(Assembly.GetExecutingAssembly().Location, ".xml"));
            o.DocumentFilter<Tags>();
        });
    }

    private sealed class Tags : IDocumentFilter
    {
        public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context) =>
            swaggerDoc.Tags = new HashSet<OpenApiTag>
            {
                new() { Name = "Readers", Description = "Card readers of this machine and what happens at them." },
                new() { Name = "Card", Description = "What can be read from a card without a PIN." },
                new() { Name = "Operations", Description = "Card operations of the API, carried to the card." },
                new() { Name = "Simulator", Description = "A person at the virtual readers; only with Agent:Transport=virtual." },
                new() { Name = "Health", Description = "For whoever watches the agent." },
            };
    }
}
