using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Billing.Electricity.Quotes;

/// <summary>
/// Deletes quotes that nobody can pay with any more, in the background of every process: some at a time, so that no statement locks the table. Two
/// processes at once do no harm. What was paid stands in the payment.
/// </summary>
internal sealed class OldQuotes(IDbContextFactory<AppDb> contexts, TimeProvider clock, IConfiguration configuration, ILogger<OldQuotes> log)
    : BackgroundRounds(configuration.GetValue("Electricity:DropQuotesEvery", TimeSpan.FromMinutes(1)), clock, log)
{
    private const int AtOnce = 1_000;
    private const int MostSteps = 50;

    private TimeSpan Kept => configuration.GetValue("Electricity:KeepQuotes", BillQuote.KeptFor);

    protected override async Task Round(CancellationToken ct)
    {
        var before = Clock.GetUtcNow().UtcDateTime - Kept;
        await using var db = await contexts.CreateDbContextAsync(ct);
        for (var step = 0; step < MostSteps; step++)
        {
            // Ids are in the order of time, so the oldest come first and no other index is needed.
            var first = await db.Set<BillQuote>().OrderBy(q => q.Id).Take(AtOnce).Select(q => new { q.Id, q.ValidUntil }).ToListAsync(ct);
            var old = first.Where(q => q.ValidUntil < before).Select(q => q.Id).ToArray();
            if (old.Length > 0)
            {
                await db.Set<BillQuote>().Where(q => old.Contains(q.Id)).ExecuteDeleteAsync(ct);
            }

            if (old.Length < AtOnce)
            {
                return;
            }
        }
    }
}
