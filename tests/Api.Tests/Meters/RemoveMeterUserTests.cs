using System.Net;

namespace Api.Tests.Meters;

public sealed class RemoveMeterUserTests
{
    [Theory, EachDatabase]
    public async Task Only_a_user_who_never_opened_is_removed(Database database)
    {
        var counter = await MeterCounter.Open(database);
        var account = await counter.Account();
        var home = await counter.Opened(account, await counter.Price(account));
        (await counter.Delete($"/v1/meter-users/{home.UserId}", "\"1\"")).IsRefused(HttpStatusCode.Conflict, "meter-user-was-opened");
        var other = await counter.User();
        (await counter.Delete($"/v1/meter-users/{other}", "\"0\"")).Is(HttpStatusCode.OK);
        (await counter.Cashier.Get($"/v1/meter-users/{other}")).Is(HttpStatusCode.NotFound);
    }
}
