using Access;
using Funding.Documents;
using Microsoft.Extensions.DependencyInjection;
using Platform;

namespace Funding;

/// <summary>The day-end's own services. What holds a date open and what stands on the sheet, the modules bring.</summary>
internal static class DayEndServices
{
    public static void AddDayEnd(this IServiceCollection services)
    {
        services.AddDayEndLines([DayEndLineType.Within(FundingTransactions.DayEnd)]);
        services.AddSingleton<DayEndSections>();
        services.AddSingleton(s => DayEndSheet.Kind(s.GetRequiredService<DayEndSections>()));
        services.AddSingleton<IBooksRule, FrozenTotals>();
        foreach (var table in FrozenTotals.Tables)
        {
            services.AddSingleton(table);
        }
    }
}
