using System.Net;

namespace Api.Tests.Meters;

public sealed class ReportMeterStockTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-10.1"), Trait("Requirement", "PM-09.2")]
    public async Task Counts_users_by_state_and_cards_by_kind_and_maker(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        await counter.Tool("clear", account);
        await counter.User();
        var report = (await counter.Cashier.Get("/v1/meter-reports/stock")).Is(HttpStatusCode.OK).Body;
        var mine = report["cards"]!.AsArray().Where(c => c!["maker"]!.GetValue<string>() == counter.Cashier.Login);
        Assert.Equal("clear", mine.Single()!["kind"]!.GetValue<string>());
        Assert.Contains(report["users"]!.AsArray(), u => u!["state"]!.GetValue<string>() == "registered");
    }
}
