using Microsoft.Extensions.DependencyInjection;
using Platform;

namespace Funding.BatchRecharges;

internal static class RechargeListServices
{
    public static IServiceCollection AddRechargeLists(this IServiceCollection services) =>
        services
            .AddScoped<RechargeListDesk>()
            .AddSingleton<RechargeListLeases>()
            .AddSingleton<RechargeListStreams>()
            .AddScoped<RechargeListCheck>()
            .AddScoped<RechargeListPosting>()
            .AddScoped<RechargeListFinish>()
            .AddHostedService<RechargeListWorker>();
}
