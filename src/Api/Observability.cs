using Api.LogLines;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Api;

/// <summary>Structured logs always; metrics and traces by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector (PL-06.10).</summary>
internal static class Observability
{
    public static void AddObservability(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ILoggerProvider, LineLoggerProvider>();
        // These tell of whole addresses at lower levels, and with them certificate numbers and names (PL-06.9). The request's own line has its place.
        foreach (var category in (string[])["Hosting.Diagnostics", "Routing", "Server.Kestrel", "HostFiltering", "HttpOverrides"])
        {
            builder.Logging.AddFilter($"Microsoft.AspNetCore.{category}", LogLevel.Warning);
        }

        builder.Services.AddMetrics();
        // The exporter reads endpoint, protocol and headers from the environment itself: an endpoint set in code would lose the path of each signal.
        if (Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 })
        {
            builder.Services.AddHostedService<Exporters>();
        }
    }

    private sealed class Exporters : IHostedService
    {
        private TracerProvider? _traces;
        private MeterProvider? _metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var resource = ResourceBuilder.CreateDefault().AddService("counter-api");
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource("Microsoft.AspNetCore", "Npgsql")
                .AddOtlpExporter()
                .Build();
            _metrics = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter(
                    BooksMetrics.MeterName,
                    "Microsoft.AspNetCore.Hosting",
                    "Microsoft.AspNetCore.Server.Kestrel",
                    "System.Runtime",
                    "Npgsql"
                )
                .AddOtlpExporter()
                .Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            _traces?.Dispose();
            _metrics?.Dispose();
            return Task.CompletedTask;
        }
    }
}
