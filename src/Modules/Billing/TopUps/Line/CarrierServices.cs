using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.TopUps.Line;

/// <summary>The way to the carriers, with its limits.</summary>
internal static class CarrierServices
{
    /// <summary>No port listens there: what is not configured is never reached, and stays unknown.</summary>
    private const string Nowhere = "http://127.0.0.1:9/";

    /// <summary>Requests under way: each waits for the carrier's answer.</summary>
    private const int AtOnce = 512;

    /// <summary>Whether this process knows carriers.</summary>
    public static bool IsConfigured(IConfiguration configuration) => configuration["TopUps:CarrierAddress"] is { Length: > 0 };

    public static IServiceCollection AddCarrierClient(this IServiceCollection services, IConfiguration configuration)
    {
        var attempt = configuration.GetValue("TopUps:AttemptTimeout", TimeSpan.FromSeconds(5));
        var attempts = configuration.GetValue("TopUps:Attempts", 1);
        services
            .AddHttpClient<CarrierClient>(client =>
            {
                client.BaseAddress = new Uri(IsConfigured(configuration) ? configuration["TopUps:CarrierAddress"]! : Nowhere);
                client.Timeout = Timeout.InfiniteTimeSpan;
            })
            // CarrierLine stops handing over: what a breaker refused would count as sent.
            .AddPartnerLimits("carrier", attempt, attempts, AtOnce, breaks: false);
        return services.AddSingleton<CarrierLine>().AddSingleton<CallBackSignature>();
    }
}
