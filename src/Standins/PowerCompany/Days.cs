using System.Globalization;

namespace Standins.PowerCompany;

/// <summary>A work date to sign on to or off from.</summary>
internal sealed record WorkDateRequest(DateOnly WorkDate);

/// <summary>Work dates: the bank signs on at the beginning of one and off at its end, and pays only in between.</summary>
internal static class Days
{
    public const string On = "on";
    public const string Off = "off";

    public static void MapDays(this WebApplication app)
    {
        app.MapPost("/sign-on", (WorkDateRequest body, PowerStore store) => store.Do(w => Set(w, body.WorkDate, On))).As("sign-on");
        app.MapPost("/sign-off", (WorkDateRequest body, PowerStore store) => store.Do(w => Set(w, body.WorkDate, Off))).As("sign-off");
    }

    public static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Today, as the administrator set it; else China's calendar.</summary>
    public static DateOnly Today(PowerWork work, TimeProvider clock) =>
        work.One("SELECT value FROM settings WHERE name = 'today'", r => r.GetString(0)) is { } set
            ? DateOnly.Parse(set, CultureInfo.InvariantCulture)
            : DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);

    public static string? State(PowerWork work, DateOnly date) =>
        work.One("SELECT state FROM days WHERE work_date = @date", r => r.GetString(0), ("@date", Text(date)));

    private static IResult Set(PowerWork work, DateOnly date, string state)
    {
        var before = State(work, date);
        if (before == Off && state == On)
        {
            return Results.Conflict(new PowerProblem("signed-off", "The work date is signed off."));
        }

        if (before is null && state == Off)
        {
            return Results.Conflict(new PowerProblem("not-signed-on", "The work date was never signed on."));
        }

        work.Run(
            "INSERT INTO days (work_date, state) VALUES (@date, @state) ON CONFLICT (work_date) DO UPDATE SET state = @state",
            ("@date", Text(date)),
            ("@state", state)
        );
        return Results.Ok(new { workDate = date, state });
    }
}

/// <summary>A "no" of the power company.</summary>
internal sealed record PowerProblem(string Code, string Text, IReadOnlyList<Receivable>? Receivables = null);
