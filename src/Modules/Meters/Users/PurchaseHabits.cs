using Meters.Sales;
using Meters.Supplies;

namespace Meters.Users;

/// <summary>How a user buys (PM-03.2, PM-10.2). Quantities in hundredths of a unit.</summary>
/// <param name="Purchases">How many there were.</param>
/// <param name="MedianIntervalDays">The median of the days between them.</param>
/// <param name="LastIntervalDays">The days between the last two.</param>
/// <param name="LastPurchase">When the last was.</param>
/// <param name="MonthlyAverage">Bought in a month, on average of the last 12 months or since the first purchase, at least one.</param>
/// <param name="LastThreeMonths">Bought in a month, on average of the last 3 months.</param>
internal sealed record PurchaseHabit(
    int Purchases,
    int? MedianIntervalDays,
    int? LastIntervalDays,
    DateOnly? LastPurchase,
    long MonthlyAverage,
    long LastThreeMonths
);

/// <summary>Computes habits from purchases; pure but for the one that reads them.</summary>
internal static class PurchaseHabits
{
    private const int Most = 1_000;
    private const int Months = 12;

    /// <summary>Of somebody who never bought.</summary>
    public static readonly PurchaseHabit None = new(0, null, null, null, 0, 0);

    public static async Task<PurchaseHabit> Of(AppDb db, MeterSupply supply, DateOnly today, CancellationToken ct) =>
        (await Of(db, [supply.Id], today, ct)).GetValueOrDefault(supply.Id, None);

    /// <summary>The habits of several supplies by one query, each by its newest purchases; a supply without any is missing.</summary>
    public static async Task<Dictionary<long, PurchaseHabit>> Of(
        AppDb db,
        IReadOnlyList<long> supplies,
        DateOnly today,
        CancellationToken ct
    )
    {
        var bought = await db.Set<MeterSupply>()
            .Where(s => supplies.Contains(s.Id))
            .SelectMany(s =>
                db.Set<MeterSale>()
                    .Where(m => m.SupplyId == s.Id && m.Kind != MeterSaleKind.Closing)
                    .OrderByDescending(m => m.Id)
                    .Take(Most)
            )
            .Select(m => new
            {
                m.SupplyId,
                m.Kind,
                m.Quantity,
                m.BusinessDate,
            })
            .ToListAsync(ct);
        return bought
            .GroupBy(b => b.SupplyId, b => new Bought(b.Kind, b.Quantity, b.BusinessDate))
            .ToDictionary(g => g.Key, g => Of([.. g], today));
    }

    /// <summary>From purchases and what corrected them, in any order.</summary>
    public static PurchaseHabit Of(IReadOnlyList<Bought> bought, DateOnly today)
    {
        var dates = bought.Where(b => b.Kind is MeterSaleKind.Opening or MeterSaleKind.Sale).Select(b => b.On).Order().ToList();
        var intervals = dates.Zip(dates.Skip(1), (a, b) => b.DayNumber - a.DayNumber).ToList();
        if (dates.Count == 0)
        {
            return None;
        }

        var months = MonthsSince(dates[0], today);
        return new(
            dates.Count,
            Median(intervals),
            intervals.Count == 0 ? null : intervals[^1],
            dates[^1],
            Sum(today.AddMonths(-Months)) / months,
            Sum(today.AddMonths(-3)) / Math.Min(3, months)
        );

        long Sum(DateOnly after) => bought.Where(b => b.On > after).Sum(b => b.Quantity);
    }

    /// <summary>The months of an average: 12, or those since the first purchase, both counted.</summary>
    public static int MonthsSince(DateOnly first, DateOnly today) =>
        Math.Clamp(((today.Year - first.Year) * Months) + today.Month - first.Month + 1, 1, Months);

    /// <summary>The middle one; of two the lower.</summary>
    public static int? Median(IReadOnlyList<int> values) => values.Count == 0 ? null : values.Order().ElementAt((values.Count - 1) / 2);
}

/// <summary>A purchase, or what changed one.</summary>
internal sealed record Bought(MeterSaleKind Kind, long Quantity, DateOnly On);
