using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;

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
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                    ConnectTimeout = TimeSpan.FromSeconds(2),
                    MaxConnectionsPerServer = 64,
                }
            )
            .AddResilienceHandler(
                "power",
                pipeline =>
                {
                    pipeline.AddConcurrencyLimiter(64, 256);
                    if (attempts > 1)
                    {
                        // Sent again is safe: the power side knows each payment by our id.
                        pipeline.AddRetry(
                            new HttpRetryStrategyOptions
                            {
                                MaxRetryAttempts = attempts - 1,
                                Delay = TimeSpan.FromMilliseconds(200),
                                BackoffType = DelayBackoffType.Exponential,
                                UseJitter = true,
                            }
                        );
                    }

                    pipeline.AddCircuitBreaker(
                        new HttpCircuitBreakerStrategyOptions
                        {
                            MinimumThroughput = 50,
                            SamplingDuration = TimeSpan.FromSeconds(30),
                            BreakDuration = TimeSpan.FromSeconds(5),
                        }
                    );
                    pipeline.AddTimeout(attempt);
                }
            );
        return services;
    }
}
