namespace Hardware.Agent.Settings;

/// <summary>Reads settings from where the agent reads them: appsettings.json beside the program, the environment, the command line.</summary>
internal static class AgentConfiguration
{
    internal static WebApplicationBuilder CreateBuilder(string[] args) =>
        WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

    internal static (AgentSettings Agent, ApiSettings Api, IConfiguration All) Read(string[] args) =>
        Read(CreateBuilder(args).Configuration);

    internal static (AgentSettings Agent, ApiSettings Api, IConfiguration All) Read(IConfiguration all) =>
        (
            all.GetSection("Agent").Get<AgentSettings>() ?? new AgentSettings(),
            all.GetSection("Api").Get<ApiSettings>() ?? new ApiSettings(),
            all
        );
}
