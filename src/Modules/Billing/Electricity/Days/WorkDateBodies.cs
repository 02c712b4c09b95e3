using System.Globalization;

namespace Billing.Electricity.Days;

/// <summary>A work date to sign on to.</summary>
/// <param name="Date" example="2010-01-05">The date.</param>
public sealed record SignOnRequest(DateOnly Date);

/// <summary>A work date.</summary>
/// <param name="Date" example="2010-01-05">The date.</param>
/// <param name="State" example="open">Its state.</param>
/// <param name="Step" example="none">What of its day-end is done.</param>
/// <param name="SignedOnAt">When the bank signed on.</param>
/// <param name="ClosedAt">When the bank signed off; null before.</param>
/// <param name="OpenDifferences" example="0">Differences of all dates that are not settled.</param>
/// <param name="OldDifferences" example="0">Those of them that are older than the parameter electricity-difference-days says.</param>
public sealed record WorkDateResponse(
    DateOnly Date,
    WorkDateState State,
    WorkDateStep Step,
    DateTimeOffset SignedOnAt,
    DateTimeOffset? ClosedAt,
    int OpenDifferences,
    int OldDifferences
)
{
    internal static string Location(DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"/v1/electricity/work-dates/{date:yyyy-MM-dd}");

    internal static WorkDateResponse Of(WorkDate d, int open = 0, int old = 0) =>
        new(d.Date, d.State, d.Step, d.SignedOnAt.AtUtc(), d.ClosedAt.AtUtc(), open, old);
}

internal static class WorkDateBookings
{
    public static WorkDate New(DateOnly date, TimeProvider clock) =>
        new()
        {
            Id = Ids.Next(),
            Date = date,
            State = WorkDateState.Open,
            OpenKey = WorkDate.Key,
            SignedOnAt = clock.GetUtcNow().UtcDateTime,
        };

    public static void Close(WorkDate day, Actor actor, TimeProvider clock)
    {
        day.State = WorkDateState.Closing;
        day.ClosingAt = clock.GetUtcNow().UtcDateTime;
        day.CloserId = actor.OperatorId;
        day.CloserBranchId = actor.BranchId;
    }
}

/// <summary>One unit's count and amount on both sides, in fen.</summary>
/// <param name="UnitCode" example="37010">核算单位.</param>
/// <param name="BankCount" example="1240">Payments that the bank has.</param>
/// <param name="BankAmount" example="48621055">Fen of them.</param>
/// <param name="PowerCount" example="1240">Payments that the power company has.</param>
/// <param name="PowerAmount" example="48621055">Fen of them.</param>
/// <param name="Agrees">Both are the same.</param>
public sealed record UnitTotals(string UnitCode, long BankCount, long BankAmount, long PowerCount, long PowerAmount, bool Agrees);

/// <summary>The totals of a work date on both sides.</summary>
/// <param name="Date" example="2010-01-05">The work date.</param>
/// <param name="Items">By unit.</param>
public sealed record WorkDateTotals(DateOnly Date, IReadOnlyList<UnitTotals> Items);
