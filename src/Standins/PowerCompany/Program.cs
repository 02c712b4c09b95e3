using System.Text.Json;
using System.Text.Json.Serialization;

namespace Standins.PowerCompany;

/// <summary>A power company to try collection of electricity bills against: its own process, its own database file, and faults on demand.</summary>
internal static class Program
{
    private const int MostBytes = 256 * 1024 * 1024;

    public static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.ConfigureKestrel(k => k.Limits.MaxRequestBodySize = MostBytes);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.ConfigureHttpJsonOptions(o =>
            o.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase))
        );
        builder.Services.AddSingleton<PowerStore>();
        builder.Services.AddSingleton<FaultList>();
        builder.Services.AddSingleton<Bills>();
        builder.Services.AddSingleton<PaymentBook>();
        builder.Services.AddSingleton<DepositBook>();
        builder.Services.AddSingleton<LineBook>();
        builder.Services.AddSingleton<FileShelf>();
        var app = builder.Build();
        app.UseFaults();
        app.MapDays();
        app.MapBills();
        app.MapPayments();
        app.MapDeposits();
        app.MapLines();
        app.MapFiles();
        app.MapAdministration();
        app.MapGet("/health", () => Results.Ok(new { status = "healthy" }));
        app.MapGet("/health/ready", () => Results.Ok(new { status = "healthy" }));
        await app.RunAsync();
    }
}
