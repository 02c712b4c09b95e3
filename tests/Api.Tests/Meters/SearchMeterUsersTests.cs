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

    [Theory, EachDatabase]
    [Trait("Requirement", "PM-03.2")]
    public async Task Personal_data_is_masked_from_whom_it_does_not_concern(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var body = MeterCounter.UserBody();
        body["certificateNumber"] = "11010519491231002X";
        var made = (await counter.Cashier.Post("/v1/meter-users", body)).Is(HttpStatusCode.Created);
        var criteria = new JsonObject { ["userNumber"] = made["userNumber"] };
        Assert.Contains("13800138000", (await counter.Cashier.Search("/v1/meter-users/searches", criteria)).Text, StringComparison.Ordinal);
        await counter.Without("access.see-personal-data");

        var found = (await counter.Cashier.Search("/v1/meter-users/searches", criteria)).Is(HttpStatusCode.OK);
        var shown = (await counter.Cashier.Get($"/v1/meter-users/{made["userId"]}")).Is(HttpStatusCode.OK);
        Assert.Contains("138****8000", found.Text, StringComparison.Ordinal);
        foreach (var whole in (string[])["王小明", "13800138000", "2 单元", "11010519491231002X"])
        {
            Assert.DoesNotContain(whole, found.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(whole, shown.Text, StringComparison.Ordinal);
        }
    }
}
