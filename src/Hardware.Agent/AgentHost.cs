using System.Text.Json;
using System.Text.Json.Serialization;
using Hardware.Agent.Cards;
using Hardware.Agent.Cards.Pcsc;
using Hardware.Agent.Cards.Virtual;
using Hardware.Agent.Exchange;
using Hardware.Agent.Health;
using Hardware.Agent.Journal;
using Hardware.Agent.Operations;
using Hardware.Agent.Pairing;
using Hardware.Agent.Problems;
using Hardware.Agent.Readers;
using Hardware.Agent.Security;
using Hardware.Agent.Simulator;
using Platform.Cards.Cryptography.Profiles;

namespace Hardware.Agent;

/// <summary>Puts the agent together. Everything it consists of is listed here by hand.</summary>
internal static class AgentHost
{
    private const int MostBodyBytes = 16 * 1024;

    /// <exception cref="SettingsException">A setting the agent cannot start with.</exception>
    internal static WebApplication Build(string[] args)
    {
        var builder = AgentConfiguration.CreateBuilder(args);
        var (agent, asked, all) = AgentConfiguration.Read(builder.Configuration);
        Require(SettingsCheck.Problems(agent, asked, all));
        var api = asked with { Address = ApiPairing.Of(agent, asked, TimeProvider.System).Api };
        Require(SettingsCheck.OfAddress(api));

        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(SettingsCheck.DefaultUrl);
        }

        builder.WebHost.ConfigureKestrel(Limit);
        builder
            .Logging.ClearProviders()
            .AddJsonConsole(o => (o.UseUtcTimestamp, o.TimestampFormat, o.IncludeScopes) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ", true));
        AddServices(builder.Services, agent, api);
        return Use(WithJournal(builder.Build(), agent));
    }

    private static void Require(IEnumerable<string> problems)
    {
        if (problems.ToList() is { Count: > 0 } found)
        {
            throw new SettingsException(found);
        }
    }

    private static void Limit(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
        // The gate keeps them to fewer, and chooses which; this is for when it cannot.
        kestrel.Limits.MaxConcurrentConnections = 2 * ConnectionGate.Most;
        var gate = new ConnectionGate();
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection => gate.Run(connection, next)));
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    }

    private static void AddServices(IServiceCollection services, AgentSettings agent, ApiSettings api)
    {
        services.AddSingleton(agent).AddSingleton(api).AddSingleton(TimeProvider.System);
        services.AddSingleton(Profile(agent));
        if (agent.Transport == "pcsc")
        {
            services.AddSingleton<ICardTransport, PcscTransport>();
        }
        else
        {
            services.AddSingleton<VirtualCardFolder>().AddSingleton<VirtualCardTransport>().AddSingleton<MeterBench>();
            services.AddSingleton<ICardTransport>(p => p.GetRequiredService<VirtualCardTransport>());
        }

        services.AddSingleton<BrowserSessions>();

        services.AddSingleton<ReaderChoice>().AddSingleton<CardReading>();
        services.AddSingleton<OperationJournal>().AddSingleton<OperationRegister>();
        services.AddSingleton(_ => ExchangeClient.CreateHttpClient(api)).AddSingleton<ExchangeClient>();
        services.AddSingleton<OpenRowReporter>().AddSingleton<OperationRunner>().AddSingleton<ReaderEvents>();
        services.AddHostedService<LoopbackGuard>();
        services.AddHostedService(p => p.GetRequiredService<OpenRowReporter>());
        services.AddHostedService(p => p.GetRequiredService<OperationRunner>());
        services.AddHostedService(p => p.GetRequiredService<ReaderEvents>());
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
            o.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            o.SerializerOptions.RespectRequiredConstructorParameters = true;
            o.SerializerOptions.RespectNullableAnnotations = true;
        });
        services.AddAgentOpenApi();
    }

    private static IssuerProfile Profile(AgentSettings agent)
    {
        try
        {
            return agent.IssuerProfile.Length > 0 ? IssuerProfile.Parse(File.ReadAllText(agent.IssuerProfile)) : IssuerProfile.Demo;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException)
        {
            throw new SettingsException([$"Agent:IssuerProfile names '{agent.IssuerProfile}', which is no issuer profile: {e.Message}"]);
        }
    }

    /// <summary>Opens the journal before the agent listens: without it no operation may start.</summary>
    private static WebApplication WithJournal(WebApplication app, AgentSettings agent)
    {
        try
        {
            app.Services.GetRequiredService<OperationJournal>();
            return app;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([
                $"The journal in '{agent.DataPath}' cannot be opened ({e.Message}). End the other agent that uses it, "
                    + "or set Agent:DataFolder to a folder of this agent's own that it may write.",
            ]);
        }
    }

    private static WebApplication Use(WebApplication app)
    {
        app.Use(
            (context, next) =>
            {
                // What a card holds is nobody's to keep, and every answer is what it says it is.
                (context.Response.Headers.CacheControl, context.Response.Headers.XContentTypeOptions) = ("no-store", "nosniff");
                return next(context);
            }
        );
        app.UseMiddleware<BrowserGuard>();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseAgentOpenApi();
        app.UseMiddleware<SessionGuard>();
        var all = app.MapGroup("").WithMetadata(new ProducesResponseTypeMetadata(403, typeof(AgentProblem), ["application/problem+json"]));
        HealthEndpoints.Map(all);
        var v1 = all.MapGroup("/v1");
        SessionEndpoints.Map(v1);
        ReaderEndpoints.Map(v1);
        EventEndpoints.Map(v1);
        CardEndpoints.Map(v1);
        OperationEndpoints.Map(v1);
        if (app.Services.GetService<VirtualCardTransport>() is not null)
        {
            SimulatorEndpoints.Map(v1.MapGroup("/simulator"));
            MeterEndpoints.Map(v1.MapGroup("/simulator"));
        }

        return app;
    }
}
