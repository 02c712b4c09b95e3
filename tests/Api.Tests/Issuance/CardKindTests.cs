using Issuance.Cards;
using Platform.Cards.Cryptography.Layouts;
using Platform.Cards.Cryptography.Profiles;

namespace Api.Tests.Issuance;

/// <summary>What kind of card it is stands on the chip as the issuer's profile says it, for stations to read.</summary>
public sealed class CardKindTests
{
    [Fact]
    public void Every_kind_of_card_has_its_own_byte_in_the_profile()
    {
        var codes = Enum.GetValues<CardType>().Select(t => IssuerProfile.Demo.CardTypeCode(t.ToString())).ToList();

        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.Throws<InvalidDataException>(() => IssuerProfile.Demo.CardTypeCode("Loyalty"));
        var twice = IssuerProfile.Demo.ToJson().Replace("\"personalMain\":2", "\"personalMain\":1", StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => IssuerProfile.Parse(twice));
    }

    [Fact]
    public async Task An_issued_card_carries_it()
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        var card = await counter.IssueCard();
        var money = IssuerProfile.Demo.Money;
        card.Chip.PowerOn();
        card.Chip.Transmit(Convert.FromHexString($"00A40400{money.Aid.Length / 2:X2}{money.Aid}"));
        var file = card.Chip.Transmit(Convert.FromHexString($"00B0{0x80 | money.HolderFile:X2}00{HolderFile.Size:X2}"));

        Assert.Equal(IssuerProfile.Demo.CardTypeCode("personalSingle"), HolderFile.Decode(file)!.CardType);
    }
}
