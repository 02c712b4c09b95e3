using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing.TopUps.Redemptions;

/// <summary>
/// Tells the carrier, in the background of every process, what it has not been told, and releases codes whose receipt never came; also when the
/// carrier was away for long (MT-02.3).
/// </summary>
internal sealed class RedemptionAdviser(
    IServiceScopeFactory scopes,
    IDbContextFactory<AppDb> contexts,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<RedemptionAdviser> log
) : AskingRounds<Redemption>(scopes, contexts, configuration.GetValue("TopUps:Every", TimeSpan.FromMilliseconds(500)), clock, log)
{
    protected override int AtOnce => 100;

    protected override int Together => 8;

    /// <summary>One that has an end is never due.</summary>
    protected override IQueryable<Redemption> Open(IQueryable<Redemption> rows) => rows;

    protected override Task TakeUp(IServiceProvider services, Redemption row) => services.GetRequiredService<RedemptionSteps>().GoOn(row);
}
