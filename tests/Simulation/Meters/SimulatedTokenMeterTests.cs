using Hardware.Simulators.Meters;
using Meters.Carriers.Sts;

namespace Simulation.Meters;

[Trait("Requirement", "PM-14.1")]
public sealed class SimulatedTokenMeterTests
{
    private const ulong Key = 0x0ABC12DEF3456789;
    private const int Made = 1_000_000;
    private readonly SimulatedTokenMeter _meter = new(TokenMeterState.Made(Key, Made), StsTables.Sample);

    [Fact]
    public void Takes_a_token_once_and_in_any_order_as_long_as_it_is_not_too_old()
    {
        var (first, second) = (Credit(Made + 10, 100), Credit(Made + 5, 50));
        Assert.Equal(TokenResult.Accepted, _meter.Enter(first));
        Assert.Equal(TokenResult.UsedError, _meter.Enter(first));
        Assert.Equal(TokenResult.Accepted, _meter.Enter(second));
        Assert.Equal(150, _meter.State.Credit);
        Assert.Equal(TokenResult.UsedError, _meter.Enter(Credit(Made, 10)));
        Assert.Equal(TokenResult.OldError, _meter.Enter(Credit(Made - 1, 10)));
        Assert.Equal(120, _meter.Use(120));
        Assert.Equal(30, _meter.Use(120));
    }

    [Fact]
    public void Refuses_what_is_no_token_of_its_own()
    {
        Assert.Equal(TokenResult.FormatError, _meter.Enter("73786976294838206464"));
        Assert.Equal(TokenResult.CrcError, _meter.Enter(Credit(Made + 1, 10, Key + 2)));
        Assert.Equal(TokenResult.CrcError, _meter.Enter(Slip(Credit(Made + 1, 10))));
        Assert.Equal(TokenResult.FunctionError, _meter.Enter(new StsToken(1, 5).Text));
        Assert.Equal(0, _meter.State.Credit);
    }

    [Fact]
    public void Clears_its_credit()
    {
        _meter.Enter(Credit(Made + 1, 10));
        Assert.Equal(TokenResult.Accepted, _meter.Enter(Management(StsBlock.Management(1, 5, Made + 2, 0xFFFF))));
        Assert.Equal(0, _meter.State.Credit);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Changes_its_key_when_both_tokens_have_come_in_any_order(bool inOrder)
    {
        const ulong next = 0x060B8643C59A27F1;
        var one = Management(StsBlock.KeyChange1(255, 2, rollover: true, three: false, StsKeyType.Unique, next));
        var two = Management(StsBlock.KeyChange2(255, 7, next));
        Assert.Equal(TokenResult.WaitsForMore, _meter.Enter(inOrder ? one : two));
        Assert.Equal(Key, _meter.State.Key);
        Assert.Equal(TokenResult.Accepted, _meter.Enter(inOrder ? two : one));
        Assert.Equal((next, 2, 7), (_meter.State.Key, _meter.State.KeyRevision, _meter.State.TariffIndex));
        Assert.Equal(TokenResult.CrcError, _meter.Enter(Credit(Made + 3, 10)));
        // A rollover forgets the identifiers: those of the new base date are smaller.
        Assert.Equal(TokenResult.Accepted, _meter.Enter(Credit(5, 10, next)));
    }

    [Fact]
    public void A_third_token_changes_the_supply_group_with_the_key()
    {
        const ulong next = 0x1122334455667788;
        Assert.Equal(TokenResult.WaitsForMore, _meter.Enter(Management(StsBlock.KeyChange1(255, 1, false, true, StsKeyType.Unique, next))));
        Assert.Equal(TokenResult.WaitsForMore, _meter.Enter(Management(StsBlock.KeyChange2(255, 1, next))));
        Assert.Equal(TokenResult.Accepted, _meter.Enter(Management(StsBlock.KeyChange3(123_456))));
        Assert.Equal(next, _meter.State.Key);
    }

    [Fact]
    public void An_expired_key_and_a_default_key_take_no_credit()
    {
        var expired = new SimulatedTokenMeter(_meter.State with { Expiry = (Made >> 16) - 1 }, StsTables.Sample);
        Assert.Equal(TokenResult.KeyExpiredError, expired.Enter(Credit(Made + 1, 10)));
        var factory = new SimulatedTokenMeter(_meter.State with { KeyType = StsKeyType.Default }, StsTables.Sample);
        Assert.Equal(TokenResult.DefaultKeyError, factory.Enter(Credit(Made + 1, 10)));
    }

    private static string Credit(int minute, long units, ulong key = Key) =>
        StsToken.Encrypt(0, StsBlock.Credit(StsCredit.Electricity, 5, minute, StsAmount.Encode(units)), key, StsTables.Sample).Text;

    private static string Management(ulong block) => StsToken.Encrypt(2, block, Key, StsTables.Sample).Text;

    private static string Slip(string token) => token[..^1] + (token[^1] == '1' ? '2' : '1');
}
