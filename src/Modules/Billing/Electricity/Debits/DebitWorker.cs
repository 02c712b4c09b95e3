using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing.Electricity.Debits;

/// <summary>
/// Works on debit files in the background of every process. A file is leased by a conditional update; a killed process loses it when the lease runs
/// out. The lease only saves work: that a line is debited once is held by its outcome row.
/// </summary>
internal sealed class DebitWorker(
    IServiceScopeFactory scopes,
    IDbContextFactory<AppDb> contexts,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<DebitWorker> log
) : BackgroundRounds(configuration.GetValue("Electricity:Every", TimeSpan.FromMilliseconds(500)), clock, log)
{
    private TimeSpan Lease => configuration.GetValue("Electricity:Lease", TimeSpan.FromSeconds(30));

    protected override async Task Round(CancellationToken ct)
    {
        while (await Claim(ct) is { } file)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<DebitRun>().Run(file, () => Renew(file), ct);
            }
            catch (DebitFileLostException)
            {
                // Somebody stopped it, or took it over: what is on disk says what is next.
            }
            finally
            {
                await GiveBack(file);
            }
        }
    }

    private async Task<DebitFile?> Claim(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = Clock.GetUtcNow().UtcDateTime;
        var until = now + Lease;
        var file = await db.Set<DebitFile>()
            .AsNoTracking()
            .Where(f => f.LeasedUntil < now)
            .Where(f =>
                f.State == DebitFileState.Received
                || f.State == DebitFileState.Running
                || (f.State == DebitFileState.Waiting && f.NextRunAt <= now)
                || (f.State == DebitFileState.Finished && f.NextRunAt <= now)
            )
            .OrderBy(f => f.Id)
            .FirstOrDefaultAsync(ct);
        if (file is null)
        {
            return null;
        }

        var read = file.LeasedUntil;
        var taken = await db.Set<DebitFile>()
            .Where(f => f.Id == file.Id && f.Version == file.Version && f.LeasedUntil == read)
            .ExecuteUpdateAsync(u => u.SetProperty(f => f.LeasedUntil, until), ct);
        file.LeasedUntil = until;
        return taken == 1 ? file : null;
    }

    /// <summary>Gives sign of life; false where the file does not run any more.</summary>
    private async Task<bool> Renew(DebitFile file)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        var until = Clock.GetUtcNow().UtcDateTime + Lease;
        file.LeasedUntil = until;
        return await db.Set<DebitFile>()
                .Where(f => f.Id == file.Id && f.Version == file.Version)
                .ExecuteUpdateAsync(u => u.SetProperty(f => f.LeasedUntil, until)) == 1;
    }

    /// <summary>Free at once for the next step.</summary>
    private async Task GiveBack(DebitFile file)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        var (held, now) = (file.LeasedUntil, Clock.GetUtcNow().UtcDateTime);
        await db.Set<DebitFile>()
            .Where(f => f.Id == file.Id && f.LeasedUntil == held)
            .ExecuteUpdateAsync(u => u.SetProperty(f => f.LeasedUntil, now));
    }
}
