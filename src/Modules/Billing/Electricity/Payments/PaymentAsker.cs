using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing.Electricity.Payments;

/// <summary>
/// Asks the power side, in the background of every process, until there is an answer: for payments without one, for those whose process was killed
/// while it sent, and for reversals (EB-03.2, EB-05.2). A claim moves the time of the next question, so that two processes seldom ask for one
/// payment; that its step is booked once is held by the row's version.
/// </summary>
internal sealed class PaymentAsker(
    IServiceScopeFactory scopes,
    IDbContextFactory<AppDb> contexts,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<PaymentAsker> log
) : BackgroundRounds(configuration.GetValue("Electricity:Every", TimeSpan.FromMilliseconds(500)), clock, log)
{
    private const int AtOnce = 50;
    private const int Together = 8;
    private static readonly TimeSpan s_claim = TimeSpan.FromSeconds(30);

    protected override async Task Round(CancellationToken ct)
    {
        while (await Due(ct) is { Count: > 0 } due)
        {
            await Parallel.ForEachAsync(
                due,
                new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = ct },
                async (payment, stop) =>
                {
                    if (await Claim(payment, stop))
                    {
                        await using var scope = scopes.CreateAsyncScope();
                        await scope.ServiceProvider.GetRequiredService<PaymentSteps>().Ask(payment);
                    }
                }
            );
            if (due.Count < AtOnce)
            {
                break;
            }
        }
    }

    private async Task<List<ElectricityPayment>> Due(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = Clock.GetUtcNow().UtcDateTime;
        return await db.Set<ElectricityPayment>()
            .AsNoTracking()
            .Where(p => p.State == PaymentState.Sending || p.State == PaymentState.Pending || p.State == PaymentState.Reversing)
            .Where(p => p.AskAt <= now)
            .OrderBy(p => p.AskAt)
            .Take(AtOnce)
            .ToListAsync(ct);
    }

    private async Task<bool> Claim(ElectricityPayment payment, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (read, until) = (payment.AskAt, Clock.GetUtcNow().UtcDateTime + s_claim);
        var claimed = await db.Set<ElectricityPayment>()
            .Where(p => p.Id == payment.Id && p.Version == payment.Version && p.AskAt == read)
            .ExecuteUpdateAsync(u => u.SetProperty(p => p.AskAt, until), ct);
        payment.AskAt = until;
        return claimed == 1;
    }
}
