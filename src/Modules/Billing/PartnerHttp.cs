using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Billing;

/// <summary>The way to a partner that knows each request by our id: its limits, and what counts as no answer.</summary>
internal static class PartnerHttp
{
    /// <summary>Limits attempts, time and load. What the pipeline cannot settle is no answer.</summary>
    /// <param name="atOnce">Requests under way; 256 more wait.</param>
    /// <param name="breaks">False where the caller itself stops while the partner is away.</param>
    public static IHttpClientBuilder AddPartnerLimits(
        this IHttpClientBuilder client,
        string name,
        TimeSpan attempt,
        int attempts,
        int atOnce = 64,
        bool breaks = true
    )
    {
        client
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                    ConnectTimeout = TimeSpan.FromSeconds(2),
                    MaxConnectionsPerServer = atOnce,
                }
            )
            .AddResilienceHandler(
                name,
                pipeline =>
                {
                    pipeline.AddConcurrencyLimiter(atOnce, 256);
                    if (attempts > 1)
                    {
                        // Sent again is safe: the partner knows each request by our id.
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

                    if (breaks)
                    {
                        pipeline.AddCircuitBreaker(
                            new HttpCircuitBreakerStrategyOptions
                            {
                                MinimumThroughput = 50,
                                SamplingDuration = TimeSpan.FromSeconds(30),
                                BreakDuration = TimeSpan.FromSeconds(5),
                            }
                        );
                    }

                    pipeline.AddTimeout(attempt);
                }
            );
        return client;
    }

    /// <summary>A timeout, a broken connection or an answer that cannot be read.</summary>
    public static bool IsSilence(Exception e, CancellationToken ct) =>
        e
            is HttpRequestException
                or IOException
                or JsonException
                or TimeoutRejectedException
                or BrokenCircuitException
                or RateLimiterRejectedException
        || (e is OperationCanceledException && !ct.IsCancellationRequested);
}
