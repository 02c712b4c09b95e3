using System.Net;
using System.Text.Json.Nodes;

namespace Api.Tests.Meters;

public sealed class RegisterMeterUserTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-03.1")]
    public async Task A_user_is_registered_with_or_without_opening_at_once(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var price = await counter.Price(account);
        var plain = (await counter.Cashier.Post("/v1/meter-users", MeterCounter.UserBody())).Is(HttpStatusCode.Created).Body;
        Assert.Equal(12, plain["userNumber"]!.GetValue<string>().Length);
        Assert.Null(plain["opening"]);
        var card = await counter.NewCard();
        var body = MeterCounter.UserBody();
        body["certificateNumber"] = "11010519491231002X";
        body["opening"] = new JsonObject
        {
            ["readId"] = await counter.Read(card),
            ["accountId"] = account,
            ["priceId"] = price,
            ["meterNumber"] = MeterCounter.NewMeter(),
            ["amount"] = 10_000,
        };
        var both = (await counter.Cashier.Post("/v1/meter-users", body)).Is(HttpStatusCode.Created);
        var outcome = await MeterHand.Run(counter.Counter.Host.Client, card, both.Body["opening"]!["operation"]!);
        Assert.Equal("confirmed", outcome["state"]!.GetValue<string>());
        var user = (await counter.Cashier.Get($"/v1/meter-users/{both["userId"]}")).Is(HttpStatusCode.OK).Body;
        Assert.Equal("opened", user["user"]!["state"]!.GetValue<string>());
        Assert.Equal(2_380, user["supplies"]![0]!["totalSold"]!.GetValue<long>());
        Assert.Equal(9_996, await counter.Sold(account));
    }
}
