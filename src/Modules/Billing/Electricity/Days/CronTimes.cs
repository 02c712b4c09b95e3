using Quartz;

namespace Billing.Electricity.Days;

/// <summary>The times of a cron expression in China's time, of which one after the other comes due.</summary>
internal sealed class CronTimes
{
    private readonly CronExpression _times;
    private readonly TimeProvider _clock;
    private DateTimeOffset? _next;

    private CronTimes(string text, TimeProvider clock)
    {
        _clock = clock;
        _times = new CronExpression(text, TimeZoneInfo.CreateCustomTimeZone("China", TimeSpan.FromHours(8), "China", "China"));
        Done();
    }

    /// <summary>Null where there is no schedule.</summary>
    public static CronTimes? Of(string? text, TimeProvider clock) => string.IsNullOrEmpty(text) ? null : new CronTimes(text, clock);

    public bool IsDue() => _next is { } next && next <= _clock.GetUtcNow();

    /// <summary>The next time is one from now on: what was missed while the process stood is not made up for one by one.</summary>
    public void Done() => _next = _times.GetNextValidTimeAfter(_clock.GetUtcNow());
}
