using Billing.Electricity.Debits;
using Billing.Electricity.Merchants;
using Billing.Electricity.Payments;
using Billing.Electricity.Power;
using Billing.Electricity.Reconciliation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing.Electricity.Days;

/// <summary>
/// The day-end of a work date, in the background (EB-08.1, EB-08.2): what is pending is decided, both sides are compared, the transit accounts are
/// swept, the bank signs off. One process works on it while its lease holds; a killed one loses it and another goes on. Each step is booked once: by
/// the row's version, and by unique rows for each unit.
/// </summary>
internal sealed class WorkDateClosing(
    IServiceScopeFactory scopes,
    IDbContextFactory<AppDb> contexts,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<WorkDateClosing> log
) : BackgroundRounds(configuration.GetValue("Electricity:Every", TimeSpan.FromMilliseconds(500)), clock, log)
{
    private TimeSpan Lease => configuration.GetValue("Electricity:Lease", TimeSpan.FromSeconds(30));

    protected override async Task Round(CancellationToken ct)
    {
        while (await Claim(ct) is { } day)
        {
            await using var scope = scopes.CreateAsyncScope();
            if (!await scope.ServiceProvider.GetRequiredService<WorkDateSteps>().Run(day, ct))
            {
                break;
            }
        }
    }

    private async Task<WorkDate?> Claim(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = Clock.GetUtcNow().UtcDateTime;
        var until = now + Lease;
        var day = await db.Set<WorkDate>()
            .AsNoTracking()
            .Where(d => d.State == WorkDateState.Closing && d.LeasedUntil < now)
            .FirstOrDefaultAsync(ct);
        if (day is null)
        {
            return null;
        }

        var read = day.LeasedUntil;
        var taken = await db.Set<WorkDate>()
            .Where(d => d.Id == day.Id && d.Version == day.Version && d.LeasedUntil == read)
            .ExecuteUpdateAsync(u => u.SetProperty(d => d.LeasedUntil, until), ct);
        return taken == 1 ? day : null;
    }
}

/// <summary>The steps of a day-end, each from where the last one ended.</summary>
internal sealed class WorkDateSteps(
    AppDb db,
    Books books,
    PaymentSteps payments,
    UnitReconciliation reconciliation,
    PowerClient power,
    TimeProvider clock
)
{
    private const int AtOnce = 200;

    /// <summary>Does the next step. True where there is more to do at once; false where it is done, or waits for the power side.</summary>
    public async Task<bool> Run(WorkDate day, CancellationToken ct)
    {
        var actor = new Actor(day.CloserBranchId!.Value, day.CloserId!.Value);
        var done = day.Step switch
        {
            WorkDateStep.None => await Decide(day, ct),
            WorkDateStep.Decided => await Reconcile(day, actor, ct),
            WorkDateStep.Reconciled => await Sweep(day, actor, ct),
            WorkDateStep.Swept => (await power.SignOff(day.Date, ct)).Value is not null,
            _ => true,
        };
        if (!done)
        {
            await Leave(day);
            return false;
        }

        day.Step = day.Step == WorkDateStep.SignedOff ? day.Step : day.Step + 1;
        if (day.Step == WorkDateStep.SignedOff)
        {
            (day.State, day.OpenKey, day.ClosedAt) = (WorkDateState.Closed, null, clock.GetUtcNow().UtcDateTime);
        }

        day.LeasedUntil = clock.GetUtcNow().UtcDateTime;
        await books.Post(
            new SilentBooking(
                Ids.Next(),
                actor,
                new AuditNote("work-date-step", $"work-date:{day.Date:yyyy-MM-dd}", new { day.Step })
            ).Update(day)
        );
        return day.State == WorkDateState.Closing;
    }

    /// <summary>
    /// Asks once more for what is open, then the bank's book decides. Batches that debit on this date are waited for, also those of an earlier one
    /// that went on, and so are their results: the power side has no lines of them before.
    /// </summary>
    private async Task<bool> Decide(WorkDate day, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Set<DebitFile>()
            .Where(f => f.State == DebitFileState.Waiting && f.NextRunAt > now)
            .ExecuteUpdateAsync(u => u.SetProperty(f => f.NextRunAt, now), ct);
        if (await db.Set<DebitFile>().AnyAsync(f => DebitFile.Unfinished.Contains(f.State), ct))
        {
            return false;
        }

        while (true)
        {
            var open = await db.Set<ElectricityPayment>()
                .AsNoTracking()
                .Where(p => p.WorkDate == day.Date)
                .Where(p => p.State == PaymentState.Sending || p.State == PaymentState.Pending || p.State == PaymentState.Reversing)
                .OrderBy(p => p.Id)
                .Take(AtOnce)
                .ToListAsync(ct);
            if (open.Count == 0)
            {
                return true;
            }

            foreach (var payment in open)
            {
                await payments.EndWorkDate(await payments.Ask(payment));
            }
        }
    }

    private async Task<bool> Reconcile(WorkDate day, Actor actor, CancellationToken ct)
    {
        foreach (var unit in await Units(ct))
        {
            if (!await reconciliation.Run(day.Date, unit, actor, ct))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Sums each unit's transit account to its settlement account, in one transaction for each unit, once.</summary>
    private async Task<bool> Sweep(WorkDate day, Actor closer, CancellationToken ct)
    {
        foreach (var unit in await Units(ct))
        {
            if (await db.Set<SweptUnit>().AnyAsync(s => s.WorkDate == day.Date && s.UnitId == unit.Id, ct))
            {
                continue;
            }

            var paid = db.Set<ElectricityPayment>()
                .Where(p => p.WorkDate == day.Date && p.UnitId == unit.Id && p.State == PaymentState.Paid);
            var (count, amount) = (await paid.LongCountAsync(ct), await paid.SumAsync(p => p.Total, ct));
            var id = Ids.Next();
            var actor = closer with { BranchId = unit.UnionId };
            var booking = new SilentBooking(id, actor, new AuditNote("sweep-unit", $"accounting-unit:{unit.Code}", new { count, amount }))
                .Insert(
                    new SweptUnit
                    {
                        Id = id,
                        WorkDate = day.Date,
                        UnitId = unit.Id,
                        Payments = count,
                        Amount = amount,
                    }
                )
                .IfDuplicate(SweptUnit.PlaceIndex, new ConcurrentChange());
            if (amount > 0)
            {
                booking
                    .WithHead(new Transaction(id, ElectricityTransactions.Sweep, actor) { Amount = amount, ReferenceNumber = unit.Code })
                    .Move(unit.Transit, unit.Settlement, amount);
            }

            if (await books.Post(booking) is not BookingResult.Answered)
            {
                return false;
            }
        }

        return true;
    }

    private Task<List<AccountingUnit>> Units(CancellationToken ct) =>
        db.Set<AccountingUnit>().AsNoTracking().OrderBy(u => u.Id).ToListAsync(ct);

    /// <summary>Not now: soon again, by whichever process.</summary>
    private async Task Leave(WorkDate day)
    {
        var until = clock.GetUtcNow().UtcDateTime.AddSeconds(1);
        await db.Set<WorkDate>().Where(d => d.Id == day.Id).ExecuteUpdateAsync(u => u.SetProperty(d => d.LeasedUntil, until));
    }
}
