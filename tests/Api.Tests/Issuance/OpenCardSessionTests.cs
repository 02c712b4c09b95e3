// Slices: OpenCardSession, GetCardSession.
using System.Net;
using Hardware.Simulators.Chip;
using Platform.Cards.Cryptography.Profiles;

namespace Api.Tests.Issuance;

public sealed class OpenCardSessionTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-10.1")]
    public async Task A_chip_proves_that_its_card_is_present(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();

        var session = await counter.Present(card.Chip);

        var shown = (await counter.Cashier.Get($"/v1/card-sessions/{session}")).Is(HttpStatusCode.OK).Body["card"]!;
        Assert.Equal(card.Number, shown["cardNumber"]!.GetValue<string>());
        Assert.Equal(card.CustomerCode, shown["customerCode"]!.GetValue<string>());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-10.1")]
    public async Task Another_chip_under_the_same_number_is_not_the_card(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await using (var db = await counter.Host.OpenDatabase())
        {
            var row = db.Set<global::Issuance.Cards.Card>().Single(c => c.Number == card.Number);
            row.ChipSerial = "FFFFFFFF00000000" + row.Number;
            db.Update(row);
            await db.SaveChangesAsync();
        }

        var started = (await counter.Cashier.Post("/v1/card-sessions", new { })).Is(HttpStatusCode.Accepted);
        var outcome = await counter.Run(card.Chip, started);

        Assert.Equal("card-chip-differs", outcome["code"]!.GetValue<string>());
        (await counter.Cashier.Get($"/v1/card-sessions/{started["sessionId"]}")).IsRefused(
            HttpStatusCode.NotFound,
            "card-session-not-found"
        );
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-10.1")]
    public async Task A_session_is_its_operators_alone_and_ends_after_ten_minutes(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();

        var fresh = await counter.Present(card);
        var old = await counter.Present(card, TimeSpan.FromMinutes(10));

        (await counter.Cashier.Get($"/v1/card-sessions/{fresh}")).Is(HttpStatusCode.OK);
        (await counter.Second.Get($"/v1/card-sessions/{fresh}")).IsRefused(HttpStatusCode.NotFound, "card-session-not-found");
        (await counter.Cashier.Get($"/v1/card-sessions/{old}")).IsRefused(HttpStatusCode.Conflict, "card-session-expired");
    }

    [Fact]
    [Trait("Requirement", "FC-10.1")]
    public async Task A_blank_chip_is_no_card()
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        var started = (await counter.Cashier.Post("/v1/card-sessions", new { })).Is(HttpStatusCode.Accepted);

        var outcome = await counter.Run(VirtualChip.CreateBlank(IssuerProfile.Demo), started);

        Assert.Equal("card-not-issued", outcome["code"]!.GetValue<string>());
    }
}
