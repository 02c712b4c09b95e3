using System.Net;

namespace Api.Tests.Issuance;

public sealed class FindCardTests
{
    [Theory, EachDatabase]
    public async Task Tells_whose_card_it_is_by_its_number(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();

        var found = (await counter.Cashier.Get($"/v1/cards/{card.Number}")).Is(HttpStatusCode.OK);

        Assert.Equal(card.CustomerCode, found["customerCode"]);
        (await counter.Cashier.Get("/v1/cards/9999999999999995")).IsRefused(HttpStatusCode.NotFound, "card-not-found");
    }
}
