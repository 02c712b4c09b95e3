using System.Net;
using Api.Tests.Platform.Documents;
using Customers;
using Hardware.Simulators.Chip;
using Issuance;
using Platform.Cards.Cryptography.Layouts;
using Platform.Cards.Cryptography.Profiles;

namespace Api.Tests.Issuance;

public sealed class ChipNamesTests
{
    private const string Rare = "𠮷田䶮";

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-01.9")]
    public async Task A_name_that_the_chip_cannot_hold_is_refused_with_the_characters_that_it_lacks(Database database)
    {
        await using var counter = await TestCounter.Open(database);

        var refused = await counter.StartIssue(Named(Rare));

        refused.IsRefused(HttpStatusCode.UnprocessableEntity, "name-not-encodable");
        Assert.Equal(["𠮷", "䶮"], refused.Body["characters"]!.AsArray().Select(c => c!.GetValue<string>()));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-01.9")]
    public async Task With_the_parameter_a_substitute_is_written_and_papers_and_records_keep_the_true_name(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await counter.Set(IssuanceParameters.UnencodableNameSubstitute, 1);
        var chip = VirtualChip.CreateBlank(IssuerProfile.Demo);
        var started = (await counter.StartIssue(Named(Rare))).Is(HttpStatusCode.Accepted);

        var outcome = await counter.Run(chip, started);

        Assert.Equal("confirmed", outcome["state"]!.GetValue<string>());
        Assert.Equal("〓田〓", ChipCards.HolderOf(chip).Name);
        Assert.Equal(Rare, (await counter.Customer(started["customerCode"]))["name"]!.GetValue<string>());
        var form = await (await PaperClerk.At(counter)).Show(outcome["serialNumber"]!.GetValue<string>(), "application-form");
        Assert.Equal(Rare, form.Data["customerName"]!.GetValue<string>());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-01.9")]
    public async Task A_plate_that_the_chip_cannot_hold_is_refused(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();

        var refused = await counter.Cashier.Post($"/v1/cards/{card.Number}/restrictions", new { plate = "𠮷A123" });

        refused.IsRefused(HttpStatusCode.BadRequest, "validation-failed");
    }

    [Fact]
    [Trait("Requirement", "FC-01.9")]
    public void The_substitute_stands_for_each_character_that_the_chip_lacks_and_for_no_other()
    {
        Assert.Empty(CardText.Missing("王小明 O'Neil ①〓"));
        Assert.Equal("王〓 A", CardText.Substituted("王𠮷 A"));
        Assert.Empty(CardText.Missing(CardText.Substituted(Rare)));
    }

    private static System.Text.Json.Nodes.JsonObject Named(string name)
    {
        var body = ChipCards.OpeningBody();
        body["person"]!["name"] = name;
        return body;
    }
}
