using System.Net;
using Issuance.Cards;

namespace Api.Tests.Issuance;

public sealed class SearchCardsTests
{
    private const string Cards = "/v1/cards/searches";

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.3")]
    public async Task Cards_are_found_by_number_state_kind_customer_and_branch(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var elsewhere = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var sub = await counter.AnotherCard(main);
        var single = await counter.IssuedCard();
        await counter.AnotherCard(main, change: c => c.State = CardState.Released);

        async Task Are(TestCounter by, object query, params string[] numbers)
        {
            var page = (await by.Cashier.Search(Cards, query)).Is(HttpStatusCode.OK);
            Assert.Equal(numbers, page.Body["items"]!.AsArray().Select(i => i!["cardNumber"]!.GetValue<string>()));
        }

        await Are(counter, new { }, main.Number, sub.Number, single.Number);
        await Are(counter, new { customerCode = main.CustomerCode }, main.Number, sub.Number);
        await Are(counter, new { type = "personalSub", state = "active" }, sub.Number);
        await Are(counter, new { number = single.Number }, single.Number);
        await Are(counter, new { state = "lost" });
        await Are(elsewhere, new { });

        var first = (await counter.Cashier.Search(Cards, new { limit = 1 })).Is(HttpStatusCode.OK);
        var added = await counter.IssuedCard();
        await Are(counter, new { after = first["next"] }, sub.Number, single.Number, added.Number);
        (await counter.Cashier.Search(Cards, new { limit = 1001 })).IsRefused(HttpStatusCode.BadRequest, "page-invalid");
    }
}
