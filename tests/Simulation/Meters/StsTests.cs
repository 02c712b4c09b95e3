using System.Globalization;
using Meters.Carriers.Sts;
using TestRuns;

namespace Simulation.Meters;

/// <summary>Tokens against public values. Those that need the tables of real meters are left to a licensee's self-test.</summary>
[Trait("Requirement", "PM-14.1")]
public sealed class StsTests
{
    private static readonly byte[] s_vendingKey = Convert.FromHexString("ABABABABABABABAB");
    private static readonly StsMeter s_meter = new("600727000000000009", "123456", "01", 1, StsKeyType.Unique);

    [Fact]
    public void A_decoder_key_by_DKGA02_is_the_published_one()
    {
        Assert.Equal(0x0072700000000000UL, s_meter.PanBlock);
        Assert.Equal(0x2123456011FFFFFFUL, s_meter.ControlBlock);
        Assert.Equal(0xE653341F9D5BF36FUL, StsKeys.Dkga02(s_vendingKey, s_meter));
        Assert.Equal(0xC9019ACCBE062A40UL, StsToken.StartKey(0xE653341F9D5BF36F));
        Assert.True(s_meter.HasValidPan);
    }

    [Fact]
    public void A_meter_number_of_13_digits_gives_the_published_key()
    {
        var meter = s_meter with { Pan = "000001000000000082" };
        Assert.Equal(0x0000100000000008UL, meter.PanBlock);
        Assert.Equal(0xE94023262E9993C2UL, StsKeys.Dkga02(s_vendingKey, meter));
    }

    [Fact]
    public void A_decoder_key_by_DKGA04_is_the_published_one()
    {
        var meter = s_meter with { SupplyGroup = "123457" };
        var message = StsKeys.Dkga04Message(meter, StsBaseDate.Year1993);
        Assert.Equal(
            "04023034023933023037023031000406313233343537013201311236303037323730303030303030303030303900000040",
            Convert.ToHexString(message)
        );
        Assert.Equal(49, message.Length);
        var key = Convert.FromHexString("abababababababab949494949494949401234567");
        Assert.Equal(0xAA4BAA8749C10D27UL, StsKeys.Dkga04(key, meter, StsBaseDate.Year1993));
        Assert.NotEqual(0xAA4BAA8749C10D27UL, StsKeys.Dkga04(key, meter, StsBaseDate.Year2014));
    }

    [Fact]
    public void The_new_key_of_a_key_change_is_the_published_one() =>
        Assert.Equal(0x060B8643C59A27F1UL, StsKeys.Dkga02(s_vendingKey, s_meter with { TariffIndex = "02" }));

    [Theory]
    [InlineData(0, 0x05C02A552710UL, 0x1970)]
    [InlineData(0, 0x055998630001UL, 0x19E6)]
    [InlineData(2, 0x155A45A1FFFFUL, 0x2756)]
    [InlineData(2, 0x3F12060B8643UL, 0xD717)]
    [InlineData(2, 0x4F02C59A27F1UL, 0x89A8)]
    [InlineData(0, 0x055A43A84000UL, 0xE6FC)]
    public void The_check_field_is_the_published_one(int tokenClass, ulong upper, int field) =>
        Assert.Equal(field, StsBlock.Crc(tokenClass, upper));

    [Fact]
    public void Blocks_are_the_published_ones()
    {
        Assert.Equal(0x05599863000119E6UL, StsBlock.Credit(StsCredit.Electricity, 5, Minute(2004, 3, 1, 13, 55), StsAmount.Encode(1)));
        Assert.Equal(0x155A45A1FFFF2756UL, StsBlock.Management(1, 5, Minute(2004, 4, 1, 9, 5), 0xFFFF));
        Assert.Equal(0x055A43A84000E6FCUL, StsBlock.Credit(StsCredit.Electricity, 5, Minute(2004, 4, 1, 0, 40), StsAmount.Encode(16_384)));
        Assert.Equal(
            0x3F12060B8643D717UL,
            StsBlock.KeyChange1(255, 1, rollover: false, three: false, StsKeyType.Unique, 0x060B8643C59A27F1)
        );
        Assert.Equal(0x4F02C59A27F189A8UL, StsBlock.KeyChange2(255, 2, 0x060B8643C59A27F1));
        Assert.Equal(5_871_715, Minute(2004, 3, 1, 13, 55));
        Assert.Equal(5_916_065, Minute(2004, 4, 1, 9, 5));
    }

    /// <summary>What follows the encryption needs no tables: the encrypted blocks are published, too.</summary>
    [Theory]
    [InlineData(0, 0x492083C0AE7CE455UL, "23716100501183194197")]
    [InlineData(2, 0x9DC9502D76A660D6UL, "48263195037886996694")]
    [InlineData(2, 0xCCA0882E572FDBADUL, "51638423060042734509")]
    [InlineData(2, 0xD530672AA6C65C22UL, "15361891762113502242")]
    [InlineData(0, 0xB3CB0CB5D1262BAFUL, "49848950875249585071")]
    public void Twenty_digits_carry_class_and_block(int tokenClass, ulong encrypted, string digits)
    {
        Assert.Equal(digits, new StsToken(tokenClass, encrypted).Text);
        Assert.Equal(new StsToken(tokenClass, encrypted), StsToken.Parse(digits));
    }

    [Fact]
    public void The_66_bits_are_the_published_ones()
    {
        Assert.Equal(Hex("1492083C0A67CE455"), new StsToken(0, 0x492083C0AE7CE455).Bits);
        Assert.Equal(Hex("29DC9502D76A660D6"), new StsToken(2, 0x9DC9502D76A660D6).Bits);
        Assert.Equal(Hex("2CCA0882E572FDBAD"), new StsToken(2, 0xCCA0882E572FDBAD).Bits);
        Assert.Equal(Hex("0D530672AB6C65C22"), new StsToken(2, 0xD530672AA6C65C22).Bits);

        static UInt128 Hex(string text) => UInt128.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("73786976294838206464")]
    [InlineData("99999999999999999999")]
    [InlineData("1234567890123456789")]
    [InlineData("1234567890123456789x")]
    public void What_is_no_token_is_refused(string digits) => Assert.Null(StsToken.Parse(digits));

    [Fact]
    public void The_sample_tables_give_the_computed_token()
    {
        const ulong key = 0x0ABC12DEF3456789;
        const ulong block = 0x0B19EB230100C207;
        Assert.Equal(block, StsBlock.Credit(StsCredit.Electricity, 11, Minute(1996, 3, 25, 13, 55), StsAmount.Encode(256)));
        Assert.Equal(0x876F543ED210CBA9UL, StsToken.StartKey(key));
        Assert.Equal(0xCEA6B17D9D323631UL, StsToken.Round(block, StsToken.StartKey(key), StsTables.Sample).Data);
        var token = StsToken.Encrypt(0, block, key, StsTables.Sample);
        Assert.Equal(0xC45ED1619406DF95UL, token.Block);
        Assert.Equal("51043465443420856213", token.Text);
        Assert.Equal(block, token.Decrypt(key, StsTables.Sample));
    }

    [Fact]
    public void Every_block_decrypts_to_what_was_encrypted()
    {
        var random = new Random(41);
        for (var i = 0; i < RandomRuns.Times(2_000); i++)
        {
            var (block, key) = ((ulong)random.NextInt64() ^ ((ulong)random.Next() << 33), (ulong)random.NextInt64() << 1);
            var token = StsToken.Encrypt(random.Next(2) * 2, block, key, StsTables.Sample);
            Assert.Equal(block, StsToken.Parse(token.Text)!.Value.Decrypt(key, StsTables.Sample));
        }
    }

    [Fact]
    public void The_sample_tables_do_not_pass_as_those_of_real_meters() => Assert.False(StsTables.Sample.ReproduceComplianceTokens);

    [Fact]
    public void A_licensees_tables_are_checked_when_they_are_read()
    {
        var numbers = string.Join(',', Enumerable.Range(0, 16));
        var bits = string.Join(',', Enumerable.Range(0, 64));
        Assert.False(StsTables.Parse($$"""{"s0":[{{numbers}}],"s1":[{{numbers}}],"permutation":[{{bits}}]}""").ReproduceComplianceTokens);
        Assert.Throws<InvalidDataException>(() => StsTables.Parse($$"""{"s0":[{{numbers}}],"s1":[1],"permutation":[{{bits}}]}"""));
        Assert.Throws<InvalidDataException>(() => StsTables.Parse("""{"s0":[1]}"""));
        Assert.Throws<InvalidDataException>(() => StsTables.Parse("no tables"));
    }

    [Theory]
    [InlineData(1, 0x0001, 1)]
    [InlineData(256, 0x0100, 256)]
    [InlineData(16_383, 0x3FFF, 16_383)]
    [InlineData(16_384, 0x4000, 16_384)]
    [InlineData(16_385, 0x4001, 16_394)]
    [InlineData(20_000, 0x416A, 20_004)]
    [InlineData(100_000, 0x60AA, 100_004)]
    [InlineData(180_223, 0x8000, 180_224)]
    [InlineData(180_224, 0x8000, 180_224)]
    [InlineData(1_818_623, 0xC000, 1_818_624)]
    [InlineData(1_818_624, 0xC000, 1_818_624)]
    [InlineData(18_201_624, 0xFFFF, 18_201_624)]
    public void Amounts_are_the_published_ones(long units, int field, long credited)
    {
        Assert.Equal(field, StsAmount.Encode(units));
        Assert.Equal(credited, StsAmount.Decode((ushort)field));
    }

    [Fact]
    public void A_token_never_credits_less_than_was_sold()
    {
        var random = new Random(42);
        for (var i = 0; i < RandomRuns.Times(20_000); i++)
        {
            var units = random.NextInt64(StsAmount.MostUnits + 1);
            var credited = StsAmount.Decode(StsAmount.Encode(units));
            Assert.InRange(credited, units, units + 999);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => StsAmount.Encode(StsAmount.MostUnits + 1));
    }

    [Theory]
    [InlineData(100_000, 0x060AA)]
    [InlineData(-100_000, 0x860A9)]
    [InlineData(0, 0)]
    public void Currency_amounts_are_coded(long amount, int bits) => Assert.Equal(bits, StsAmount.EncodeCurrency(amount));

    [Fact]
    public void Minutes_end_where_the_base_dates_end()
    {
        Assert.Equal(new DateTime(2024, 11, 24, 20, 15, 0), StsTime.End(StsBaseDate.Year1993));
        Assert.Equal(new DateTime(2045, 11, 24, 20, 15, 0), StsTime.End(StsBaseDate.Year2014));
        Assert.Equal(new DateTime(2066, 11, 24, 20, 15, 0), StsTime.End(StsBaseDate.Year2035));
        Assert.Equal(StsTime.MinutesBetweenBases, (StsTime.Begin(StsBaseDate.Year2014) - StsTime.Begin(StsBaseDate.Year1993)).TotalMinutes);
        Assert.Null(StsTime.Next(new DateTime(2026, 1, 1), StsBaseDate.Year1993, null));
    }

    [Fact]
    public void The_reserved_minute_is_left_out_and_tokens_of_one_minute_follow_each_other()
    {
        var midnight = new DateTime(2026, 3, 1);
        var first = StsTime.Minute(midnight, StsBaseDate.Year2014)!.Value;
        Assert.Equal(first, StsTime.Next(midnight, StsBaseDate.Year2014, null));
        Assert.Equal(first + 2, StsTime.Next(midnight.AddMinutes(1), StsBaseDate.Year2014, null));
        Assert.Equal(first + 2, StsTime.Next(midnight, StsBaseDate.Year2014, first));
        Assert.Equal(first + 3, StsTime.Next(midnight.AddMinutes(3), StsBaseDate.Year2014, null));
        Assert.Equal(first + 4, StsTime.Next(midnight.AddMinutes(3), StsBaseDate.Year2014, first + 3));
        Assert.Equal(first + 5, StsTime.Next(midnight.AddMinutes(3), StsBaseDate.Year2014, first + 4));
        Assert.True(StsTime.IsReserved(first + 1));
    }

    private static int Minute(int year, int month, int day, int hour, int minute) =>
        StsTime.Minute(new DateTime(year, month, day, hour, minute, 0), StsBaseDate.Year1993)!.Value;
}
