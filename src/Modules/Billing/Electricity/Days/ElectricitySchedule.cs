using Billing.Electricity.Debits;
using Billing.Electricity.Power;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing.Electricity.Days;

/// <summary>
/// Signs on, takes debit files and closes work dates at the times of the settings (PL-04.5). Every process has the schedule. A run is claimed by
/// the rows that it writes: unique keys and versions let one of them through.
/// </summary>
internal sealed class ElectricitySchedule(
    IServiceScopeFactory scopes,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<ElectricitySchedule> log
) : BackgroundRounds(configuration.GetValue("Electricity:Every", TimeSpan.FromMilliseconds(500)), clock, log)
{
    /// <summary>A job has no operator: documents show 系统.</summary>
    private static readonly Actor s_platform = new(Branch.HeadquartersId, 0);

    private readonly CronTimes? _signOn = CronTimes.Of(configuration["Electricity:SignOnAt"], clock);
    private readonly CronTimes? _fetch = CronTimes.Of(configuration["Electricity:FetchDebitsAt"], clock);
    private readonly CronTimes? _dayEnd = CronTimes.Of(configuration["Electricity:DayEndAt"], clock);

    protected override async Task Round(CancellationToken ct)
    {
        if (_dayEnd?.IsDue() == true)
        {
            await using var scope = scopes.CreateAsyncScope();
            await Close(scope.ServiceProvider, ct);
            _dayEnd.Done();
        }

        if (_signOn?.IsDue() == true)
        {
            await using var scope = scopes.CreateAsyncScope();
            if (await SignOn(scope.ServiceProvider, ct))
            {
                _signOn.Done();
            }
        }

        if (_fetch?.IsDue() == true)
        {
            await using var scope = scopes.CreateAsyncScope();
            if (await Fetch(scope.ServiceProvider, ct))
            {
                _fetch.Done();
            }
        }
    }

    private static async Task<bool> Fetch(IServiceProvider services, CancellationToken ct) =>
        await services.GetRequiredService<WorkDates>().Open(ct) is not { } day
        || await services.GetRequiredService<DebitFileShelf>().TakeAll(day.Date, ct);

    private async Task Close(IServiceProvider services, CancellationToken ct)
    {
        if (await services.GetRequiredService<WorkDates>().Open(ct) is not { } day)
        {
            return;
        }

        WorkDateBookings.Close(day, s_platform, Clock);
        await services
            .GetRequiredService<Books>()
            .Post(
                new SilentBooking(Ids.Next(), s_platform, new AuditNote("close-work-date", $"work-date:{day.Date:yyyy-MM-dd}")).Update(day)
            );
    }

    /// <summary>False where the power side did not answer, or the date before is not closed yet: it is tried again.</summary>
    private async Task<bool> SignOn(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<AppDb>();
        var today = ChinaCalendar.Today(Clock);
        if (await db.Set<WorkDate>().AnyAsync(d => d.Date == today, ct))
        {
            return true;
        }

        if (
            await db.Set<WorkDate>().AnyAsync(d => d.OpenKey == WorkDate.Key, ct)
            || (await services.GetRequiredService<PowerClient>().SignOn(today, ct)).Value is null
        )
        {
            return false;
        }

        await services
            .GetRequiredService<Books>()
            .Post(
                new SilentBooking(Ids.Next(), s_platform, new AuditNote("sign-on-power-side", $"work-date:{today:yyyy-MM-dd}"))
                    .Insert(WorkDateBookings.New(today, Clock))
                    .IfDuplicate(WorkDate.DateIndex, new WorkDateTaken())
                    .IfDuplicate(WorkDate.OpenIndex, new WorkDateTaken())
            );
        return true;
    }
}
