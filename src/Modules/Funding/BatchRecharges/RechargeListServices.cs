using Funding.BatchRecharges.Checking;
using Funding.BatchRecharges.Posting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Funding.BatchRecharges;

internal static class RechargeListServices
{
    public static IServiceCollection AddRechargeLists(this IServiceCollection services)
    {
        services
            .AddScoped<RechargeListDesk>()
            .AddSingleton<RechargeListLeases>()
            .AddSingleton<RechargeListStreams>()
            .AddScoped<RechargeListCheck>()
            .AddScoped<RechargeListPosting>()
            .AddScoped<RechargeListFinish>();
        for (var number = 0; number < RechargeListWorker.Most; number++)
        {
            var own = number;
            services.AddSingleton<IHostedService>(s => ActivatorUtilities.CreateInstance<RechargeListWorker>(s, own));
        }

        return services;
    }
}
