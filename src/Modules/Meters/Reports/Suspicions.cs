using Access.SystemParameters;
using Meters.Accounts;
using Meters.Carriers.Cards;
using Meters.Sales;
using Meters.Supplies;
using Meters.Users;

namespace Meters.Reports;

/// <summary>Why a user is suspicious (PM-10.2).</summary>
public enum SuspicionRule
{
    /// <summary>The monthly average is far below the price group's median.</summary>
    LowAverage,

    /// <summary>The monthly average is far above the price group's median.</summary>
    HighAverage,

    /// <summary>The last interval is far above the user's own median.</summary>
    LongInterval,

    /// <summary>No purchase for long.</summary>
    Silent,

    /// <summary>Purchases of the last three months are far below the user's own average.</summary>
    LowRecent,

    /// <summary>The meter is overdrawn beyond the overdraft.</summary>
    BeyondOverdraft,

    /// <summary>The meter was tampered with.</summary>
    Tamper,

    /// <summary>The meter's total use went down.</summary>
    TotalWentDown,

    /// <summary>Sold and used quantities differ beyond the tolerance.</summary>
    Difference,
}

/// <summary>A rule that a user meets, with what it was held against.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Value" example="1200">What was found: hundredths of a unit, or days.</param>
/// <param name="Threshold" example="4500">What it was held against, in the same unit.</param>
public sealed record MeterSuspicion(SuspicionRule Rule, long Value, long Threshold);

/// <summary>The thresholds, as the parameters have them.</summary>
/// <param name="LowAveragePercent" example="30">Of the price group's median.</param>
/// <param name="HighAveragePercent" example="300">Of the price group's median.</param>
/// <param name="LongIntervalPercent" example="300">Of the user's own median.</param>
/// <param name="LowRecentPercent" example="25">Of the user's own average.</param>
/// <param name="SilentDays" example="90">Days without a purchase.</param>
/// <param name="LossTolerance" example="500">Hundredths of a unit.</param>
public sealed record SuspicionThresholds(
    long LowAveragePercent,
    long HighAveragePercent,
    long LongIntervalPercent,
    long LowRecentPercent,
    long SilentDays,
    long LossTolerance
);

/// <summary>What is known of a supply when the rules look at it.</summary>
internal sealed record SuspicionFacts(
    PurchaseHabit Habit,
    long? GroupMedian,
    long Overdraft,
    long? Remaining,
    int Flags,
    bool TotalWentDown,
    long? Difference
);

/// <summary>The rules for suspicious users; pure.</summary>
internal static class SuspicionRules
{
    public static IReadOnlyList<MeterSuspicion> Find(SuspicionFacts facts, SuspicionThresholds than, DateOnly today)
    {
        var found = new List<MeterSuspicion>();
        var habit = facts.Habit;
        if (facts.GroupMedian is > 0 and { } median && habit.Purchases > 0)
        {
            Add(SuspicionRule.LowAverage, habit.MonthlyAverage, median * than.LowAveragePercent / 100, (v, t) => v < t);
            Add(SuspicionRule.HighAverage, habit.MonthlyAverage, median * than.HighAveragePercent / 100, (v, t) => v > t);
        }

        // Two intervals at least: of one alone the median is itself.
        if (habit is { Purchases: > 2, LastIntervalDays: { } last, MedianIntervalDays: { } own })
        {
            Add(SuspicionRule.LongInterval, last, own * than.LongIntervalPercent / 100, (v, t) => v > t);
        }

        if (habit.LastPurchase is { } latest)
        {
            Add(SuspicionRule.Silent, today.DayNumber - latest.DayNumber, than.SilentDays, (v, t) => v > t);
            Add(SuspicionRule.LowRecent, habit.LastThreeMonths, habit.MonthlyAverage * than.LowRecentPercent / 100, (v, t) => v < t);
        }

        Add(SuspicionRule.BeyondOverdraft, facts.Remaining ?? 0, -facts.Overdraft, (v, t) => v < t);
        Add(SuspicionRule.Tamper, ((MeterFlags)facts.Flags).HasFlag(MeterFlags.Tamper) ? 1 : 0, 0, (v, t) => v > t);
        Add(SuspicionRule.TotalWentDown, facts.TotalWentDown ? 1 : 0, 0, (v, t) => v > t);
        Add(SuspicionRule.Difference, Math.Abs(facts.Difference ?? 0), than.LossTolerance, (v, t) => v > t);
        return found;

        void Add(SuspicionRule rule, long value, long threshold, Func<long, long, bool> holds)
        {
            if (holds(value, threshold))
            {
                found.Add(new(rule, value, threshold));
            }
        }
    }

    /// <summary>The middle one; of two the lower.</summary>
    public static long Median(IReadOnlyCollection<long> values) => values.Order().ElementAt((values.Count - 1) / 2);
}

/// <summary>A suspicious user with the evidence.</summary>
/// <param name="UserId" example="126437891174400004">The user.</param>
/// <param name="UserNumber" example="000000000042">用户编号.</param>
/// <param name="SupplyId" example="126437891174400002">The supply.</param>
/// <param name="MeterNumber" example="202600000001">表号.</param>
/// <param name="Purchases" example="7">How many purchases there were.</param>
/// <param name="MedianIntervalDays" example="31">The median of days between them.</param>
/// <param name="LastIntervalDays" example="95">The days between the last two.</param>
/// <param name="LastPurchase">When the last was.</param>
/// <param name="MonthlyAverage" example="1200">Hundredths of a unit.</param>
/// <param name="GroupMedian" example="15000">The median of the price group's monthly averages.</param>
/// <param name="Remaining" example="-450">As last written back.</param>
/// <param name="Difference" example="2000">Sold less used and remaining.</param>
/// <param name="Suspicions">The rules that hold.</param>
public sealed record SuspiciousMeterUser(
    string UserId,
    string UserNumber,
    string SupplyId,
    string MeterNumber,
    int Purchases,
    int? MedianIntervalDays,
    int? LastIntervalDays,
    DateOnly? LastPurchase,
    long MonthlyAverage,
    long? GroupMedian,
    long? Remaining,
    long? Difference,
    IReadOnlyList<MeterSuspicion> Suspicions
);

/// <summary>Looks through the open supplies of an account.</summary>
internal sealed class SuspicionReport(AppDb db, Parameters parameters, RequestContext request, TimeProvider clock)
{
    public async Task<SuspicionThresholds> Thresholds(CancellationToken ct)
    {
        var values = await parameters.Numbers(MeterParameters.All, request.Caller.BranchId, ct);
        return new(
            values[MeterParameters.LowAverage],
            values[MeterParameters.HighAverage],
            values[MeterParameters.LongInterval],
            values[MeterParameters.LowRecent],
            values[MeterParameters.SilentDays],
            values[MeterParameters.LossTolerance]
        );
    }

    /// <summary>The suspicious users of an account, oldest first, at most <see cref="MeterReports.Most"/>.</summary>
    public async Task<IReadOnlyList<SuspiciousMeterUser>> Of(MeterAccount account, SuspicionThresholds than, CancellationToken ct)
    {
        var today = ChinaCalendar.Today(clock);
        var medians = await Medians(account.Id, today, ct);
        var (found, after) = (new List<SuspiciousMeterUser>(), 0L);
        while (found.Count < MeterReports.Most)
        {
            var page = await db.Set<MeterSupply>()
                .Where(s => s.AccountId == account.Id && s.State == SupplyState.Opened && s.Id > after)
                .Join(db.Set<MeterUser>(), s => s.UserId, u => u.Id, (supply, user) => new { supply, user.Number })
                .OrderBy(r => r.supply.Id)
                .Take(PageRequest.DefaultLimit)
                .ToListAsync(ct);
            var ids = page.Select(r => r.supply.Id).ToList();
            var habits = await PurchaseHabits.Of(db, ids, today, ct);
            var fallen = await TotalWentDown(ids, ct);
            found.AddRange(
                page.Select(r =>
                        Look(
                            r.supply,
                            r.Number,
                            account,
                            habits.GetValueOrDefault(r.supply.Id, PurchaseHabits.None),
                            medians.TryGetValue(r.supply.PriceId, out var median) ? median : null,
                            fallen.Contains(r.supply.Id),
                            than,
                            today
                        )
                    )
                    .Where(u => u.Suspicions.Count > 0)
            );

            if (page.Count < PageRequest.DefaultLimit)
            {
                break;
            }

            after = page[^1].supply.Id;
        }

        return found;
    }

    private static SuspiciousMeterUser Look(
        MeterSupply supply,
        string number,
        MeterAccount account,
        PurchaseHabit habit,
        long? median,
        bool totalWentDown,
        SuspicionThresholds than,
        DateOnly today
    )
    {
        var facts = new SuspicionFacts(habit, median, account.Overdraft, supply.Remaining, supply.Flags, totalWentDown, supply.Difference);
        return new(
            IdText.Of(supply.UserId),
            number,
            IdText.Of(supply.Id),
            supply.MeterNumber,
            habit.Purchases,
            habit.MedianIntervalDays,
            habit.LastIntervalDays,
            habit.LastPurchase,
            habit.MonthlyAverage,
            median,
            supply.Remaining,
            supply.Difference,
            SuspicionRules.Find(facts, than, today)
        );
    }

    /// <summary>Which of a page's supplies have a meter whose total use is below that of the reading before.</summary>
    private async Task<HashSet<long>> TotalWentDown(List<long> supplies, CancellationToken ct)
    {
        var totals = await db.Set<MeterSupply>()
            .Where(s => supplies.Contains(s.Id))
            .Select(s => new
            {
                s.Id,
                Last = db.Set<MeterReading>()
                    .Where(r => r.SupplyId == s.Id && r.MeterNumber == s.MeterNumber)
                    .OrderByDescending(r => r.Id)
                    .Select(r => (long?)r.TotalUse)
                    .FirstOrDefault(),
                Before = db.Set<MeterReading>()
                    .Where(r => r.SupplyId == s.Id && r.MeterNumber == s.MeterNumber)
                    .OrderByDescending(r => r.Id)
                    .Skip(1)
                    .Select(r => (long?)r.TotalUse)
                    .FirstOrDefault(),
            })
            .ToListAsync(ct);
        return [.. totals.Where(t => t.Last < t.Before).Select(t => t.Id)];
    }

    /// <summary>The median of the monthly averages of the last 12 months, by price.</summary>
    private async Task<Dictionary<long, long>> Medians(long accountId, DateOnly today, CancellationToken ct)
    {
        var (since, kind) = (today.AddMonths(-12), MeterSaleKind.Closing);
        var open = db.Set<MeterSupply>().Where(s => s.AccountId == accountId && s.State == SupplyState.Opened);
        var sums = await db.Set<MeterSale>()
            .Where(s => s.AccountId == accountId && s.Kind != kind)
            .GroupBy(s => s.SupplyId)
            .Select(g => new
            {
                g.Key,
                First = g.Min(s => s.BusinessDate),
                Sum = g.Sum(s => s.BusinessDate > since ? s.Quantity : 0),
            })
            .Join(
                open,
                g => g.Key,
                s => s.Id,
                (g, s) =>
                    new
                    {
                        s.PriceId,
                        g.First,
                        g.Sum,
                    }
            )
            .ToListAsync(ct);
        return sums.GroupBy(s => s.PriceId)
            .ToDictionary(g => g.Key, g => SuspicionRules.Median([.. g.Select(s => s.Sum / PurchaseHabits.MonthsSince(s.First, today))]));
    }
}
