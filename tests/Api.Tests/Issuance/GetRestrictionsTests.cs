using System.Net;

namespace Api.Tests.Issuance;

public sealed class GetRestrictionsTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-40.1")]
    public async Task Shows_what_was_written_and_what_was_changed_later(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        var path = $"/v1/cards/{card.Number}/restrictions";
        Assert.Null((await counter.Cashier.Get(path)).Is(HttpStatusCode.OK).Body["fillsPerDay"]);
        var first = new
        {
            oilTypes = 3,
            areaType = "station",
            areas = new[] { "11010001", "11010002" },
            amountPerFill = 50_000,
            amountPerDay = 80_000,
            fillsPerDay = 2,
            plate = "京A12345",
        };
        await counter.Run(card.Chip, (await counter.Cashier.Post(path, first)).Is(HttpStatusCode.Accepted));
        var shown = (await counter.Cashier.Get(path)).Is(HttpStatusCode.OK);
        Assert.Equal((3, 50_000, 80_000, 2), (Of("oilTypes"), Of("amountPerFill"), Of("amountPerDay"), Of("fillsPerDay")));
        Assert.Equal(("station", "京A12345", "11010002"), (shown["areaType"], shown["plate"], shown.Body["areas"]![1]!.GetValue<string>()));

        await counter.Run(card.Chip, (await counter.Cashier.Post(path, new { fillsPerDay = 5 })).Is(HttpStatusCode.Accepted));

        shown = (await counter.Cashier.Get(path)).Is(HttpStatusCode.OK);
        Assert.Equal((5, true), (Of("fillsPerDay"), shown.Body["amountPerDay"] is null));
        (await counter.Cashier.Get("/v1/cards/1000110000000018/restrictions")).IsRefused(HttpStatusCode.NotFound, "card-not-found");

        long Of(string member) => shown.Number(member);
    }
}
