using System.Net;
using System.Text.Json.Nodes;

namespace Api.Tests.Meters;

[Trait("Requirement", "PM-14.1")]
public sealed class OpenTokenMeterTests
{
    [Theory, EachDatabase]
    public async Task No_token_is_sold_for_a_real_meter_without_a_licensees_tables(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var (account, supply) = await counter.TokenMeter(training: false);
        (await counter.SellToken(supply, "r1", quantity: 100)).IsRefused(HttpStatusCode.Conflict, "meter-token-tables-missing");
        Assert.Equal(0, await counter.Sold(account));
    }
}
