using System.Net;
using Platform.Cards.Cryptography.Layouts;
using Platform.Cards.Cryptography.Profiles;

namespace Api.Tests.Issuance;

public sealed class RestrictCardTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-01.7")]
    public async Task Restrictions_are_added_after_issuing_and_stand_on_the_chip(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        var body = new
        {
            fillsPerDay = 3,
            amountPerDay = 100_000,
            plate = "京A12345",
        };

        var started = (await counter.Cashier.Post($"/v1/cards/{card.Number}/restrictions", body)).Is(HttpStatusCode.Accepted);
        var outcome = await counter.Run(card.Chip, started);

        Assert.Equal("confirmed", outcome["state"]!.GetValue<string>());
        var file = RestrictionsOn(card);
        Assert.Equal((3, 100_000u, "京A12345"), ((int)file.FillsPerDay!, file.AmountPerDay!.Value, file.Plate));
    }

    [Fact]
    public async Task Limits_out_of_range_are_refused()
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        var card = await counter.IssuedCard();

        (await counter.Cashier.Post($"/v1/cards/{card.Number}/restrictions", new { fillsPerDay = 255 })).IsRefused(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );
    }

    private static RestrictionFile RestrictionsOn(ChipCard card)
    {
        var money = IssuerProfile.Demo.Money;
        card.Chip.PowerOn();
        card.Chip.Transmit(Convert.FromHexString($"00A40400{money.Aid.Length / 2:X2}{money.Aid}"));
        var answer = card.Chip.Transmit(Convert.FromHexString($"00B0{0x80 + money.RestrictionFile:X2}0060"));
        return RestrictionFile.Decode(answer.AsSpan()[..^2])!;
    }
}
