using System.Text.Json;
using System.Text.Json.Serialization;

namespace Standins.Carrier;

/// <summary>A mobile carrier to try top-ups, points and coupons against: its own process, its own database file, and faults on demand.</summary>
internal static class Program
{
    private const int MostBytes = 16 * 1024 * 1024;

    public static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.ConfigureKestrel(k => k.Limits.MaxRequestBodySize = MostBytes);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.ConfigureHttpJsonOptions(o =>
            o.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase))
        );
        builder.Services.AddHttpClient();
        builder.Services.AddSingleton<CarrierStore>();
        builder.Services.AddSingleton<FaultList>();
        builder.Services.AddSingleton<CallBacks>();
        builder.Services.AddSingleton<TopUpBook>();
        builder.Services.AddSingleton<RedemptionBook>();
        builder.Services.AddHostedService<LaterAnswers>();
        var app = builder.Build();
        app.MapTopUps();
        app.MapRedemptions();
        app.MapStatements();
        app.MapAdministration();
        app.MapGet("/health", () => Results.Ok(new { status = "healthy" }));
        await app.RunAsync();
    }
}
