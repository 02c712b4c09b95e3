using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Funding.Transfers;

/// <summary>Makes the transfers that are due, in every process; each is made once. Setting <c>Cards:TransferEvery</c>.</summary>
internal sealed class BalanceTransferJob(
    IServiceScopeFactory scopes,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<BalanceTransferJob> log
) : BackgroundRounds(configuration.GetValue("Cards:TransferEvery", TimeSpan.FromMinutes(1)), clock, log)
{
    protected override async Task Round(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var transfer = scope.ServiceProvider.GetRequiredService<BalanceTransfer>();
        while (await transfer.MakeDue(ct) > 0) { }
    }
}
