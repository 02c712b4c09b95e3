using Billing.TopUps.Exceptions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing.TopUps.Sales;

/// <summary>
/// Takes top-ups on, in the background of every process, until they have an end (MT-01.2, MT-01.10): those without an answer, those that are held
/// back, and those whose process was killed.
/// </summary>
internal sealed class TopUpAsker(
    IServiceScopeFactory scopes,
    IDbContextFactory<AppDb> contexts,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<TopUpAsker> log
) : AskingRounds<TopUp>(scopes, contexts, configuration.GetValue("TopUps:Every", TimeSpan.FromMilliseconds(500)), clock, log)
{
    private readonly AskingSchedule _schedule = new(configuration.GetValue("TopUps:AskEvery", TimeSpan.FromSeconds(5)));

    protected override int AtOnce => 100;

    protected override int Together => 16;

    protected override IQueryable<TopUp> Open(IQueryable<TopUp> rows) =>
        rows.Where(t => t.State == TopUpState.Unprocessed || t.State == TopUpState.Unfinished || t.State == TopUpState.Applying);

    protected override async Task TakeUp(IServiceProvider services, TopUp row)
    {
        var gone = await services.GetRequiredService<TopUpSteps>().GoOn(row);
        if (!TopUpStates.IsEnd(gone.State) && _schedule.IsDaily(Clock.GetUtcNow().UtcDateTime - gone.BookedAt))
        {
            await Contradictions.Keep(services.GetRequiredService<Books>(), Clock, gone, TopUpExceptionKind.WithoutEnd, null);
        }
    }
}
