using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Platform.Approvals;
using Platform.Idempotency;
using Platform.Ledger.Seals;

namespace Platform.Ledger;

/// <summary>
/// Work that goes on in the background of every process: sealing what was booked, proving the books, dropping old idempotency records and requests
/// for approval. Each step is guarded by a unique key or is harmless when two processes do it at once, so any number of instances run it (PL-08.1).
/// </summary>
public sealed class Housekeeping(
    IDbContextFactory<AppDb> contexts,
    Sealer sealer,
    BooksProof proof,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<Housekeeping> log
) : BackgroundRounds(configuration.GetValue("Housekeeping:Every", TimeSpan.FromSeconds(20)), clock, log)
{
    /// <summary>Longer than any booking's transaction may take, so that no row with a smaller id comes after the line was drawn.</summary>
    public static readonly TimeSpan SettleAge = TimeSpan.FromMinutes(2);

    /// <summary>By one statement: from 5,000 row locks on SQL Server locks the whole table instead, and with it every booking.</summary>
    private const int DeletedPerRound = 2_000;

    protected override async Task Round(CancellationToken ct)
    {
        await sealer.SealAll(SettleAge, ct);
        await proof.Advance(SettleAge, ct);
        await DropOldKeys(ct);
        await DropOldApprovalRequests(ct);
    }

    /// <summary>They hold what a customer's request said, and are of no use once they are over.</summary>
    private async Task DropOldApprovalRequests(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var before = Clock.GetUtcNow().UtcDateTime - ApprovalRequest.KeptFor;
        await db.Set<ApprovalRequest>().Where(r => r.ExpiresAt < before).ExecuteDeleteAsync(ct);
    }

    private async Task DropOldKeys(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var before = Clock.GetUtcNow().UtcDateTime.AddDays(-IdempotencyRecord.KeptDays);
        var old = await db.Set<IdempotencyRecord>()
            .Where(r => r.CreatedAt < before)
            .OrderBy(r => r.CreatedAt)
            .Take(DeletedPerRound)
            .Select(r => r.CreatedAt)
            .ToListAsync(ct);
        if (old.Count > 0)
        {
            var last = old[^1];
            await db.Set<IdempotencyRecord>().Where(r => r.CreatedAt <= last).ExecuteDeleteAsync(ct);
        }
    }
}
