using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.CardOperations.Scripts;

namespace Platform.CardOperations;

/// <summary>Card operations: the server drives, the agent carries.</summary>
public sealed class CardOperationsModule : IModule
{
    public IReadOnlyList<Right> Rights => [];

    public IReadOnlyList<Setting> Settings => CardKeySetup.Settings;

    public IReadOnlyList<ICarterModule> Endpoints =>
        [new ExchangeWithCard.Endpoint(), new GetCardOperation.Endpoint(), new RereadCard.Endpoint(), new RereadPendingCard.Endpoint()];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        CardKeySetup.Add(services, configuration);
        foreach (var script in PurseCard.Scripts)
        {
            services.AddCardScript(script);
        }

        services.AddSingleton<CardScripts>();
        services.AddScoped<CardEvidence, PurseEvidence>();
        services.AddScoped<CardOperationEngine>();
        services.AddHostedService<CardOperationSweeper>();
    }
}
