using System.Net;

namespace Api.Tests.Meters;

public sealed class PrintMeterCardListTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PM-09.2")]
    public async Task The_list_names_kind_and_maker_of_each_card_as_they_were_when_it_was_drawn_up(Database database)
    {
        await using var own = await TestCounter.Open(database);
        var counter = new MeterCounter(own);
        var account = await counter.Account();
        var (first, second) = (await counter.Tool("setting", account), await counter.Tool("clear", account));
        var numbers = new[]
        {
            (await counter.Shown(first))["cardNumber"]!.GetValue<string>(),
            (await counter.Shown(second))["cardNumber"]!.GetValue<string>(),
        };
        var list = (await counter.Cashier.Post("/v1/meter-card-lists", new { })).Is(HttpStatusCode.Created);
        var after = (await counter.Cashier.Post("/v1/meter-card-lists", new { after = numbers[0] })).Is(HttpStatusCode.Created);
        var clear = (await counter.Cashier.Post("/v1/meter-card-lists", new { kind = "clear" })).Is(HttpStatusCode.Created);
        Assert.Equal((2, 1, 1), (list.Number("cards"), after.Number("cards"), clear.Number("cards")));
        await counter.Make(second, "recycled");

        var paper = (await counter.Cashier.Get($"/v1/transactions/{list["serialNumber"]}/documents/meter-card-list"))
            .Is(HttpStatusCode.OK)
            .Text;
        Assert.All(numbers, n => Assert.Contains(n[^4..], paper, StringComparison.Ordinal));
        Assert.Contains("设置卡", paper, StringComparison.Ordinal);
        Assert.Contains("清空卡", paper, StringComparison.Ordinal);
        Assert.DoesNotContain("新卡", paper, StringComparison.Ordinal);
        Assert.Contains(counter.Cashier.Login, paper, StringComparison.Ordinal);
        await own.BooksAreSound();
    }
}
