using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Electricity.Power;

/// <summary>The way to the power side, with its limits.</summary>
internal static class PowerServices
{
    /// <summary>No port listens there: what is not configured is never reached, and stays unknown.</summary>
    private const string Nowhere = "http://127.0.0.1:9/";

    /// <summary>Whether this process knows a power side.</summary>
    public static bool IsConfigured(IConfiguration configuration) => configuration["Electricity:PowerAddress"] is { Length: > 0 };

    public static IServiceCollection AddPowerClient(this IServiceCollection services, IConfiguration configuration)
    {
        var attempt = configuration.GetValue("Electricity:AttemptTimeout", TimeSpan.FromSeconds(3));
        var attempts = configuration.GetValue("Electricity:Attempts", 2);
        services
            .AddHttpClient<PowerClient>(client =>
            {
                client.BaseAddress = new Uri(IsConfigured(configuration) ? configuration["Electricity:PowerAddress"]! : Nowhere);
                client.Timeout = Timeout.InfiniteTimeSpan;
            })
            .AddPartnerLimits("power", attempt, attempts);
        return services;
    }
}
