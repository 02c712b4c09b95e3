using Issuance.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Platform;

namespace Api.Tests.Platform;

/// <summary>Names that are stored with keys and audit records: written on the route or the function, and the same for ever.</summary>
public sealed class OperationNameTests
{
    /// <summary>A name that changes here lets an old key book a second time. With UPDATE_SNAPSHOTS=1 the text is written instead.</summary>
    [Fact]
    [Trait("Requirement", "PL-03.6")]
    public async Task Each_route_that_books_claims_keys_under_the_name_it_always_had()
    {
        var names = Routes(await TestHost.Shared(Database.Sqlite))
            .Select(r => (Route: Of(r), r.Metadata.GetMetadata<OperationName>()?.Name))
            .Where(r => r.Name is not null)
            .Select(r => $"{r.Route} {r.Name}")
            .Order(StringComparer.Ordinal);

        await Matches("operation-names.txt", string.Join('\n', names) + "\n");
    }

    [Fact]
    public async Task Each_card_function_is_audited_under_the_name_it_always_had()
    {
        var names = Routes(await TestHost.Shared(Database.Sqlite))
            .SelectMany(r => r.Metadata.OfType<CardFunction>().Select(f => $"{Of(r)} {f.Action}"))
            .Order(StringComparer.Ordinal);

        await Matches("card-function-actions.txt", string.Join('\n', names) + "\n");
    }

    [Fact]
    [Trait("Requirement", "PL-03.6")]
    public void A_route_that_books_without_a_name_for_its_keys_stops_the_start() =>
        Assert.Contains("/v1/sales", Refused(v1 => v1.MapPost("/sales", () => "").Books<string>()), StringComparison.Ordinal);

    [Fact]
    [Trait("Requirement", "PL-03.6")]
    public void Two_routes_with_one_name_for_their_keys_stop_the_start()
    {
        var refused = Refused(v1 =>
        {
            v1.MapPost("/sales", () => "").Books<string>().WithOperation("Sell");
            v1.MapPost("/returns", () => "").Books<string>().WithOperation("Sell");
        });

        Assert.Contains("/v1/sales", refused, StringComparison.Ordinal);
        Assert.Contains("/v1/returns", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void Routes_with_names_of_their_own_and_routes_that_only_read_start()
    {
        using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapPost("/sales", () => "").Books<string>().WithOperation("Sell");
        app.MapPost("/returns", () => "").Books<string>().WithOperation("TakeBack");
        app.MapGet("/sales", () => "");

        OperationName.CheckRoutes(app);
    }

    private static string Refused(Action<IEndpointRouteBuilder> map)
    {
        using var app = WebApplication.CreateSlimBuilder().Build();
        map(app.MapGroup("/v1"));
        return Assert.Throws<StartRefusedException>(() => OperationName.CheckRoutes(app)).Message;
    }

    private static IEnumerable<RouteEndpoint> Routes(TestHost host) =>
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static string Of(RouteEndpoint route) =>
        $"{route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods[0]} {route.RoutePattern.RawText}";

    private static async Task Matches(string name, string now)
    {
        var file = Path.Combine(OpenApiTests.Root(), "tests", "Api.Tests", "Platform", name);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(file, now);
        }

        Assert.Equal((await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n"), now);
    }
}
