namespace Access.Branches;

/// <summary>The calendar of the country the platform works in: UTC+8 all year.</summary>
public static class ChinaCalendar
{
    private static readonly TimeSpan s_offset = TimeSpan.FromHours(8);

    public static DateOnly Today(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(s_offset).DateTime);
    }
}
