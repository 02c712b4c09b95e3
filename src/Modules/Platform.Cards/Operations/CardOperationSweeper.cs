using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Platform.Cards.Operations;

/// <summary>Ends card operations that nobody came back for. Any number of processes may sweep: each step is guarded by the row's version.</summary>
internal sealed class CardOperationSweeper(
    IServiceScopeFactory scopes,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<CardOperationSweeper> log
) : BackgroundRounds(configuration.GetValue(Pause, TimeSpan.FromSeconds(30)), clock, log)
{
    public const string Pause = "Cards:SweepEvery";

    protected override async Task Round(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CardOperationEngine>().ExpireTickets(ct);
    }
}
