using Billing.Electricity.Merchants;
using Billing.Electricity.Power;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing.Electricity.Reconciliation;

/// <summary>Asks the power side, in the background, to put right what was asked for, until it says that it is done.</summary>
internal sealed class DifferenceAsker(
    IServiceScopeFactory scopes,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<DifferenceAsker> log
) : BackgroundRounds(configuration.GetValue("Electricity:Every", TimeSpan.FromMilliseconds(500)), clock, log)
{
    /// <summary>The answer of a power side that has put it right.</summary>
    public const string Done = "done";

    private const int AtOnce = 100;

    protected override async Task Round(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var db = services.GetRequiredService<AppDb>();
        var now = Clock.GetUtcNow().UtcDateTime;
        var due = await db.Set<ReconciliationDifference>()
            .AsNoTracking()
            .Where(d => d.State == DifferenceState.Asked && d.AskAt <= now)
            .OrderBy(d => d.Id)
            .Take(AtOnce)
            .ToListAsync(ct);
        foreach (var difference in due)
        {
            await Ask(services, db, difference, ct);
        }
    }

    private async Task Ask(IServiceProvider services, AppDb db, ReconciliationDifference difference, CancellationToken ct)
    {
        var unit = await db.Set<AccountingUnit>().AsNoTracking().SingleAsync(u => u.Id == difference.UnitId, ct);
        var settlement = DifferenceTable.Of(difference);
        var answer = await services
            .GetRequiredService<PowerClient>()
            .Adjust(
                new PowerAdjustment($"{IdText.Of(difference.Id)}-{difference.Round}", settlement.Adjustment!, Line(difference, unit)),
                ct
            );
        var note = await db.Set<DifferenceNote>().Where(n => n.DifferenceId == difference.Id).OrderByDescending(n => n.Id).FirstAsync(ct);
        var booking = new SilentBooking(
            Ids.Next(),
            new Actor(unit.UnionId, note.OperatorId),
            new AuditNote("ask-difference", $"difference:{difference.Id}", new { answer = answer.No?.Code })
        );
        difference.Answer = answer.Value is not null ? Done : answer.No?.Code;
        if (answer.Value is not null)
        {
            DifferenceBookings.Move(booking, difference, DifferenceState.Settled, settlement.Name, Clock);
        }
        else
        {
            difference.AskAt = Clock.GetUtcNow().UtcDateTime + configuration.GetValue("Electricity:AskEvery", TimeSpan.FromSeconds(5));
            booking.Update(difference);
        }

        await services.GetRequiredService<Books>().Post(booking);
    }

    /// <summary>The line to put right: the bank's amounts and state, at the power side's serial number.</summary>
    private static PowerAdjustedLine Line(ReconciliationDifference difference, AccountingUnit unit)
    {
        var line = difference.Kind is DifferenceKind.PowerOnly or DifferenceKind.Twice ? difference.PowerLine : difference.BankLine;
        line ??= (difference.BankLine ?? difference.PowerLine)!;
        return new PowerAdjustedLine(
            line.WorkDate,
            unit.Code,
            line.BankSerial,
            difference.PowerLine?.PowerSerial ?? line.PowerSerial,
            line.Customer,
            line.Receivable,
            line.Month,
            line.Principal,
            line.LateFee,
            line.Total,
            line.Mode,
            line.Time,
            line.State.ToString()
        );
    }
}
