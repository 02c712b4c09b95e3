using Counter.Documents;
using Microsoft.Extensions.DependencyInjection;

namespace Counter.BusinessDay;

/// <summary>The day-end's own services. What holds a date open and what stands on the sheet, the modules bring.</summary>
internal static class DayEndServices
{
    public static void AddDayEnd(this IServiceCollection services)
    {
        services.AddDayEndLines([DayEndLineType.Within(CounterTransactions.DayEnd)]);
        services.AddSingleton<DayEndSections>();
        services.AddSingleton(s => DayEndSheet.Kind(s.GetRequiredService<DayEndSections>()));
        services.AddSingleton<IBooksRule, FrozenTotals>();
        foreach (var table in FrozenTotals.Tables)
        {
            services.AddSingleton(table);
        }
    }
}
