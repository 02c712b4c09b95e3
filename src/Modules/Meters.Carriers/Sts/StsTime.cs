namespace Meters.Carriers.Sts;

/// <summary>Token identifiers: whole minutes since a base date, by one clock that never goes back.</summary>
public static class StsTime
{
    /// <summary>The last minute of a base date.</summary>
    public const int LastMinute = 0xFFFFFF;

    /// <summary>Minutes from one base date to the next.</summary>
    public const int MinutesBetweenBases = 11_044_800;

    /// <summary>When a base date begins, in the clock that tokens are issued by.</summary>
    public static DateTime Begin(StsBaseDate baseDate) =>
        baseDate switch
        {
            StsBaseDate.Year1993 => new(1993, 1, 1, 0, 0, 0, DateTimeKind.Unspecified),
            StsBaseDate.Year2014 => new(2014, 1, 1, 0, 0, 0, DateTimeKind.Unspecified),
            StsBaseDate.Year2035 => new(2035, 1, 1, 0, 0, 0, DateTimeKind.Unspecified),
            _ => throw new ArgumentOutOfRangeException(nameof(baseDate)),
        };

    /// <summary>When a base date ends.</summary>
    public static DateTime End(StsBaseDate baseDate) => Begin(baseDate).AddMinutes(LastMinute);

    /// <summary>The minute of a time, before any rule; null outside the base date.</summary>
    public static int? Minute(DateTime at, StsBaseDate baseDate)
    {
        var minutes = Math.Floor((at - Begin(baseDate)).TotalMinutes);
        return minutes is >= 0 and <= LastMinute ? (int)minutes : null;
    }

    /// <summary>
    /// The identifier of a normal token: never minute 00:01 of a day, which is kept for special tokens, and never one that the meter was given
    /// before. Several tokens in one minute take the following minutes. Null when the base date is used up.
    /// </summary>
    public static int? Next(DateTime at, StsBaseDate baseDate, int? last)
    {
        if (Minute(at, baseDate) is not { } minute)
        {
            return null;
        }

        minute = last >= minute ? last.Value + 1 : minute;
        minute = IsReserved(minute) ? minute + 1 : minute;
        return minute <= LastMinute ? minute : null;
    }

    /// <summary>Is this the minute 00:01 of a day?</summary>
    public static bool IsReserved(int minute) => minute % (24 * 60) == 1;
}
