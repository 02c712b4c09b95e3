using System.Net;
using System.Text;

namespace Api.Tests.Meters;

public sealed class ReportMeterSalesTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-10.1")]
    public async Task Sales_add_up_by_day_operator_account_and_price_also_as_files(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var home = await counter.Opened(account, await counter.Price(account), 5_000);
        await counter.Confirmed(home.Card, await counter.StartCorrection(home, quantity: 3_000));
        foreach (var by in new[] { "day", "operator", "account", "price" })
        {
            var report = (await counter.Cashier.Get($"/v1/meter-reports/sales?by={by}")).Is(HttpStatusCode.OK).Body;
            Assert.Equal((3_000, 12_600), (report["quantity"]!.GetValue<long>(), report["amount"]!.GetValue<long>()));
            Assert.Equal(2, report["lines"]!.AsArray().Single()!["count"]!.GetValue<int>());
            var (file, _) = await counter.Cashier.Download($"/v1/meter-reports/export?report=sales&by={by}");
            Assert.Contains("126.00", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
        }

        foreach (var report in new[] { "users", "cards", $"suspicious&accountId={account}", $"losses&accountId={account}" })
        {
            var (file, _) = await counter.Cashier.Download($"/v1/meter-reports/export?report={report}&format=xlsx");
            Assert.Equal((byte)'P', file[0]);
        }

        (await counter.Cashier.Get("/v1/meter-reports/export?report=losses")).Is(HttpStatusCode.NotFound);
        (await counter.Cashier.Get("/v1/meter-reports/export?report=nothing")).Is(HttpStatusCode.BadRequest);
        var users = (await counter.Cashier.Get("/v1/meter-reports/stock")).Is(HttpStatusCode.OK).Body["users"]!.AsArray();
        Assert.True(users.Single(u => u!["state"]!.GetValue<string>() == "opened")!["users"]!.GetValue<int>() > 0);
    }
}
