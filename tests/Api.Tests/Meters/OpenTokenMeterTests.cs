using System.Net;
using System.Text.Json.Nodes;

namespace Api.Tests.Meters;

[Trait("Requirement", "PM-14.1")]
public sealed class OpenTokenMeterTests
{
    private const string Pan = "600727000000000009";

    [Theory, EachDatabase]
    public async Task No_token_is_sold_for_a_real_meter_without_a_licensees_tables(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var (account, supply) = await Opened(counter, training: false);
        (await Sell(counter, supply, "r1", quantity: 100)).IsRefused(HttpStatusCode.Conflict, "meter-token-tables-missing");
        Assert.Equal(0, await counter.Sold(account));
    }

    private static async Task<(string Account, string Supply)> Opened(MeterCounter counter, bool training)
    {
        var body = MeterCounter.AccountBody(MeterCounter.NewCode());
        (body["carrier"], body["supplyGroup"], body["training"]) = ("token", "123457", training);
        var account = await counter.Account(body);
        var price = await counter.Price(account);
        var opening = new JsonObject
        {
            ["accountId"] = account,
            ["priceId"] = price,
            ["pan"] = Pan,
        };
        var opened = await counter.Cashier.Post($"/v1/meter-users/{await counter.User()}/token-meters", opening);
        return (account, opened.Is(HttpStatusCode.Created)["supplyId"]);
    }

    private static Task<Answered> Sell(MeterCounter counter, string supply, string request, long? quantity = null, long? amount = null) =>
        counter.Cashier.Post(
            $"/v1/meter-supplies/{supply}/tokens",
            new JsonObject
            {
                ["requestId"] = request,
                ["quantity"] = quantity,
                ["amount"] = amount,
            }
        );
}
