using System.Net;
using System.Text.Json.Nodes;

namespace Api.Tests.Meters;

public sealed class SearchMeterUsersTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-03.2"), Trait("Requirement", "PM-05.3")]
    public async Task A_user_is_found_by_anything_and_shown_with_purchases(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var home = await counter.Opened(account, await counter.Price(account), 3_000);
        var user = (await counter.Cashier.Get($"/v1/meter-users/{home.UserId}")).Is(HttpStatusCode.OK).Body;
        var card = user["supplies"]![0]!["cardNumber"]!.GetValue<string>();
        JsonObject[] by =
        [
            new() { ["userNumber"] = user["user"]!["userNumber"]!.GetValue<string>() },
            new() { ["meterNumber"] = home.MeterNumber, ["name"] = "王" },
            new()
            {
                ["cardNumber"] = card,
                ["address"] = "2 单元",
                ["phone"] = "13800138000",
                ["state"] = "opened",
            },
        ];
        foreach (var criteria in by)
        {
            var found = (await counter.Cashier.Search("/v1/meter-users/searches", criteria)).Is(HttpStatusCode.OK).Body;
            Assert.Equal(home.UserId, found["items"]!.AsArray().Single()!["userId"]!.GetValue<string>());
        }

        var none = (
            await counter.Cashier.Search(
                "/v1/meter-users/searches",
                new JsonObject { ["meterNumber"] = home.MeterNumber, ["state"] = "closed" }
            )
        );
        Assert.Empty(none.Is(HttpStatusCode.OK).Body["items"]!.AsArray());
        Assert.Equal(1, user["supplies"]![0]!["purchases"]!.GetValue<int>());
        Assert.Equal(3_000, user["supplies"]![0]!["monthlyAverage"]!.GetValue<long>());
        Assert.Equal(12_600, user["supplies"]![0]!["items"]![0]!["amount"]!.GetValue<long>());
    }
}
