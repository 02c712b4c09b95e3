using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Persistence.Dialects;

namespace Platform.Persistence;

/// <summary>The number of a running process, which its ids carry. Leased in the database, so that two processes never give the same id.</summary>
public sealed class ProcessNode
{
    public int Number { get; init; }

    public DateTime LeasedUntil { get; set; }

    /// <summary>Raised at every claim: a process whose claim was taken over sees it.</summary>
    public long Holder { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<ProcessNode>
    {
        public void Configure(EntityTypeBuilder<ProcessNode> builder)
        {
            builder.ToTable("process_nodes");
            builder.HasKey(n => n.Number);
        }
    }
}

/// <summary>
/// Claims a node number at start and keeps it. A process that cannot renew gives no more ids before its lease ends, because they could be another's,
/// and answers 503 until it has claimed a number anew (PL-08.7).
/// </summary>
public sealed class ProcessNodes(
    IDbContextFactory<AppDb> contexts,
    Dialect dialect,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<ProcessNodes> log
) : BackgroundService
{
    private const int Tries = 50;

    private readonly TimeSpan _lease = configuration.GetValue("ProcessNodes:Lease", TimeSpan.FromMinutes(5));
    private readonly long _holder = Random.Shared.NextInt64(1, long.MaxValue);
    private int _number = -1;
    private DateTime _until;
    private bool _failing;

    /// <summary>Ten renewals a lease; the last one of them is the margin for what was given an id and is not written yet.</summary>
    private TimeSpan Renewal => _lease / 10;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Claim(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Renewal, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RenewOrClaim(stoppingToken);
                _failing = false;
            }
#pragma warning disable CA1031 // tried again at the next tick, whatever failed
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                log.Log(_failing ? LogLevel.Debug : LogLevel.Warning, e, "The process's number was not renewed; trying again.");
                _failing = true;
            }

            if (Ids.HasNode && clock.GetUtcNow().UtcDateTime >= _until - Renewal)
            {
                log.LogError("The process's number could not be renewed in time; nothing is booked until a number is claimed anew.");
                Ids.Rest();
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var past = clock.GetUtcNow().UtcDateTime.AddSeconds(-1);
            await db.Set<ProcessNode>()
                .Where(n => n.Number == _number && n.Holder == _holder)
                .ExecuteUpdateAsync(u => u.SetProperty(n => n.LeasedUntil, past), cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // A host that is stopped twice at once may be gone already; the lease then ends by itself.
        }
    }

    private async Task Claim(CancellationToken ct)
    {
        for (var i = 0; i < Tries; i++)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var now = clock.GetUtcNow().UtcDateTime;
            _until = now + _lease;
            var nodes = await db.Set<ProcessNode>().AsNoTracking().OrderBy(n => n.Number).ToListAsync(ct);
            try
            {
                if (await TakeExpired(db, nodes, now, ct) || await TakeNew(db, nodes, ct))
                {
                    Ids.Use(_number, clock);
                    return;
                }
            }
            catch (Exception e) when (dialect.IsUniqueViolation(e) || dialect.IsTransient(e))
            {
                log.LogDebug(e, "Another process took the node first.");
            }
        }

        throw new StartRefusedException(
            $"No free process number was found in {Tries} tries; more than {Ids.Nodes} processes cannot share one database.",
            $"尝试 {Tries} 次后仍无可用的进程编号；同一数据库最多供 {Ids.Nodes} 个进程使用。"
        );
    }

    private async Task<bool> TakeExpired(AppDb db, List<ProcessNode> nodes, DateTime now, CancellationToken ct)
    {
        if (nodes.Find(n => n.LeasedUntil < now) is not { } free)
        {
            return false;
        }

        _number = free.Number;
        var taken = await db.Set<ProcessNode>()
            .Where(n => n.Number == free.Number && n.Holder == free.Holder && n.LeasedUntil < now)
            .ExecuteUpdateAsync(u => u.SetProperty(n => n.LeasedUntil, _until).SetProperty(n => n.Holder, _holder), ct);
        return taken == 1;
    }

    private async Task<bool> TakeNew(AppDb db, List<ProcessNode> nodes, CancellationToken ct)
    {
        var used = nodes.Select(n => n.Number).ToHashSet();
        _number = Enumerable.Range(0, Ids.Nodes).FirstOrDefault(n => !used.Contains(n), -1);
        if (_number < 0)
        {
            return false;
        }

        db.Add(
            new ProcessNode
            {
                Number = _number,
                LeasedUntil = _until,
                Holder = _holder,
            }
        );
        await db.SaveChangesAsync(ct);
        return true;
    }

    private async Task RenewOrClaim(CancellationToken ct)
    {
        if (!Ids.HasNode)
        {
            await Claim(ct);
            log.LogInformation("The process has the number {Number}; bookings go on.", _number);
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var until = clock.GetUtcNow().UtcDateTime + _lease;
        var kept = await db.Set<ProcessNode>()
            .Where(n => n.Number == _number && n.Holder == _holder)
            .ExecuteUpdateAsync(u => u.SetProperty(n => n.LeasedUntil, until), ct);
        if (kept != 1)
        {
            Ids.Rest();
            throw new InvalidOperationException("Another process holds this number.");
        }

        _until = until;
    }
}
