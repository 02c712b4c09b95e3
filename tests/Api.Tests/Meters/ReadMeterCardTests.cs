using System.Net;

namespace Api.Tests.Meters;

public sealed class ReadMeterCardTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-05.1")]
    public async Task A_reading_belongs_to_the_operator_who_made_it(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var home = await counter.Opened(account, await counter.Price(account));
        var read = await counter.Read(home.Card);
        var shown = (await counter.Cashier.Get($"/v1/meter-card-reads/{read}")).Is(HttpStatusCode.OK).Body;
        Assert.Equal(home.UserId, shown["userId"]!.GetValue<string>());
        Assert.True(shown["supplies"]![0]!["waitsForSwipe"]!.GetValue<bool>());
        (await counter.Counter.Second.Get($"/v1/meter-card-reads/{read}")).IsRefused(HttpStatusCode.NotFound, "meter-card-read-not-found");
    }
}
