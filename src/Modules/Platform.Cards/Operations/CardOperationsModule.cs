using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Cards.Scripts;
using Platform.Settings;

namespace Platform.Cards.Operations;

/// <summary>Card operations: the server drives, the agent carries.</summary>
public sealed class CardOperationsModule : IModule
{
    public IReadOnlyList<Right> Rights => [];

    public IReadOnlyList<Setting> Settings =>
        [
            .. CardKeySetup.Settings,
            new(
                CardOperationSweeper.Pause,
                "00:00:30",
                PlatformSettings.Pause,
                "Pause between rounds that end card operations whose ticket has run out.",
                "结束票据已过期的卡片操作的间隔。"
            ),
        ];

    public string ApiDescription => "Card operations, and their exchange with the hardware agent.";

    public IReadOnlyList<ApiWord> ApiWords =>
        [
            new("apdu") { Text = "805C000204" },
            new("atr") { Text = "3B6800000073C84000009000" },
            new("Card-Ticket")
            {
                Meaning = "The one-time ticket from the response that created the card operation.",
                Text = PlatformApiWords.Token,
            },
            new("operationId") { Meaning = "The card operation's id; the response that created it contains the id." },
            new("statusWord") { Text = "9000" },
            new("ticket") { Text = PlatformApiWords.Token },
        ];

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
