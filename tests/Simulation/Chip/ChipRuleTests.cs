using System.Text.Json.Nodes;

namespace Simulation.Chip;

public sealed class ChipRuleTests
{
    private const string LoadKey = "374598B5C0B0EAE1E1D06609AC5BB369";

    [Fact]
    public void Money_moves_only_after_the_PIN()
    {
        var bench = Ready(verified: false);
        Assert.Equal("6982", Purses.Initialize(bench, bench.Profile.Money, 100));
        Assert.Equal("6982", bench.Send("00B201C417"));
    }

    [Theory]
    [InlineData("805000010B0200000064000001000050", "9403")]
    [InlineData("805000020B0100000064000001000050", "6A86")]
    [InlineData("805000010A01000000640000010000", "6700")]
    [InlineData("805000010B0105F5E101000001000050", "6985")]
    [InlineData("805001010B0100000001000001000050", "9401")]
    [InlineData("805005010B0100000001000001000050", "9401")]
    [InlineData("805200000B201408251031000641DCD8", "6901")]
    [InlineData("805403000B201408251031000641DCD8", "6901")]
    [InlineData("805401000F00000001201109192048120641DCD8", "6901")]
    [InlineData("805A000102FFFF", "9406")]
    [InlineData("00B0810010", "6A82")]
    [InlineData("00B0952010", "6B00")]
    [InlineData("00D69500020000", "6982")]
    [InlineData("04D69500060000DEADBEEF", "6988")]
    [InlineData("00B201C417", "6A83")]
    [InlineData("00A4040005A000000099", "6A82")]
    [InlineData("00A40000023F99", "6A82")]
    [InlineData("00100000", "6D00")]
    [InlineData("70A40000", "6E00")]
    [InlineData("0084", "6700")]
    [InlineData("84D439001C000102030405060708090A0B0C0D0E0F101112131415161718191A1B", "6988")]
    [InlineData("00820001080000000000000000", "9403")]
    [InlineData("00820000080000000000000000", "6985")]
    [InlineData("00C0000004", "6985")]
    public void A_wrong_command_is_answered_with_its_status_word(string apdu, string status) => Assert.Equal(status, Ready().Send(apdu));

    [Fact]
    public void Any_other_command_clears_the_initialised_transaction()
    {
        var bench = Ready();
        var initialised = Purses.Initialize(bench, bench.Profile.Money, 100)[..^4];
        var mac2 = Purses.Mac2(bench, bench.Profile.Money, LoadKey, 100, initialised);

        bench.Ok("805C000104");

        Assert.Equal("6901", bench.Send($"805200000B{Purses.Time}{mac2:X8}"));
    }

    [Fact]
    public void A_reset_clears_PIN_and_transaction()
    {
        var bench = Ready();
        Purses.Initialize(bench, bench.Profile.Money, 100);
        bench.Chip.Reset();
        bench.Select(bench.Profile.Money);

        Assert.Equal("6901", bench.Send("805200000B201408251031000641DCD8"));
        Assert.Equal("6982", Purses.Initialize(bench, bench.Profile.Money, 100));
    }

    [Fact]
    public void Three_wrong_MAC2_in_a_row_block_the_application_and_a_right_one_starts_the_count_again()
    {
        var bench = Ready();
        void Wrong()
        {
            Purses.Initialize(bench, bench.Profile.Money, 100);
            Assert.Equal("9302", bench.Send("805200000B20140825103100DEADBEEF"));
        }

        Wrong();
        Wrong();
        Purses.Load(bench, bench.Profile.Money, LoadKey, 100);
        Wrong();
        Wrong();
        Assert.Equal("000000649000", bench.Send("805C000104"));
        Wrong();
        Assert.Equal("6A81", bench.Send("805C000104"));
    }

    [Fact]
    public void A_counter_that_is_used_up_ends_loading()
    {
        var path = Path.GetTempFileName();
        try
        {
            var bench = Ready();
            bench.Chip.Save(path);
            var state = JsonNode.Parse(File.ReadAllText(path))!;
            state["Applications"]![0]!["OnlineCounter"] = ushort.MaxValue;
            File.WriteAllText(path, state.ToJsonString());

            var chip = VirtualChip.Load(path);
            chip.PowerOn();
            chip.Transmit(Convert.FromHexString($"00A4040009{bench.Profile.Money.Aid}"));
            chip.Transmit(Convert.FromHexString("0020000003123456"));
            Assert.Equal("9402", Bench.Hex(chip.Transmit(Convert.FromHexString("805000010B0100000064000001000050"))));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_PIN_has_three_tries_can_be_changed_and_is_reloaded_by_its_key()
    {
        var bench = Ready(verified: false);
        Assert.Equal("63C2", bench.Send("0020000003654321"));
        bench.Ok("805E010007123456FF654321");
        Assert.Equal("63C2", bench.Send("0020000003123456"));
        Assert.Equal("63C1", bench.Send("0020000003123456"));
        Assert.Equal("63C0", bench.Send("0020000003123456"));
        Assert.Equal("6983", bench.Send("0020000003654321"));

        bench.SetPin("112233");
        bench.Ok("0020000003112233");
    }

    [Fact]
    public void A_blocked_PIN_is_set_anew_under_secure_messaging()
    {
        var bench = Ready(verified: false);
        for (var i = 0; i < 3; i++)
        {
            bench.Send("0020000003654321");
        }

        var cipher = Platform.Cards.Cryptography.CardCipher.Of(bench.Profile.Algorithm);
        var transport = bench.Profile.TransportKey;
        var field = cipher.EncryptField(Convert.FromHexString(transport), [0x11, 0x22, 0x33]);
        Assert.Equal("9000", bench.Send(bench.Protected(transport, "84240000", Bench.Hex(field))));
        bench.Ok("0020000003112233");
    }

    [Fact]
    public void A_wrong_external_authentication_costs_a_try_that_a_right_one_gives_back()
    {
        var bench = new Bench(IssuerProfile.Demo);
        bench.Select(bench.Profile.Money);
        Assert.Equal("6982", bench.Send("84D4390008" + "0001020304050607"));
        bench.Ok("0084000008");
        Assert.Equal("63C2", bench.Send("00820000080000000000000000"));
        bench.AuthenticateControl(bench.Profile.Money, bench.Profile.TransportKey);
        bench.Ok("0084000004");
        Assert.Equal("63C2", bench.Send("00820000080000000000000000"));
    }

    [Fact]
    public void The_chip_serial_number_is_readable_by_everybody_and_stands_in_the_ATR()
    {
        var bench = new Bench(IssuerProfile.Demo);
        bench.Ok("00A40000023F00");
        Assert.Equal(bench.Chip.ChipSerial, bench.Ok("00B0850008"));
        Assert.Equal($"3B6A00004643{bench.Chip.ChipSerial}", Bench.Hex(bench.Chip.Atr));
    }

    [Fact]
    public void T0_tells_the_length_of_what_waits_and_asks_again_for_a_wrong_one()
    {
        var bench = new Bench(IssuerProfile.Demo, protocol0: true);
        Assert.Equal("6134", bench.Send($"00A4040009{bench.Profile.Money.Aid}"));
        Assert.Equal("6C34", bench.Send("00C0000010"));
        Assert.StartsWith("6F32", bench.Ok("00C0000034"), StringComparison.Ordinal);
        Assert.Equal("6C1E", bench.Send("00B0950000"));
        Assert.Equal(60, bench.Ok("00B095001E").Length);
        Assert.Equal("6985", bench.Send("00C0000034"));
    }

    [Fact]
    public void The_chip_lives_on_in_its_file_after_every_change()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var bench = Ready(file: path);
            Purses.Load(bench, bench.Profile.Money, LoadKey, 4_200);

            var again = VirtualChip.Load(path, new() { File = path });
            again.PowerOn();
            again.Transmit(Convert.FromHexString($"00A4040009{bench.Profile.Money.Aid}"));
            Assert.Equal("000010689000", Bench.Hex(again.Transmit(Convert.FromHexString("805C000104"))));
            Assert.Equal(bench.Chip.ChipSerial, again.ChipSerial);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_torn_chip_answers_nothing_and_then_has_no_power_until_it_is_switched_on()
    {
        var bench = Ready();
        bench.Chip.Hooks.Arm();
        bench.Chip.Hooks.TearBeforeCommit = 1;

        Assert.Empty(bench.Chip.Transmit([0x00, 0x84, 0x00, 0x00, 0x04]));
        Assert.Throws<CardTornException>(() => bench.Chip.Transmit([0x00, 0x84, 0x00, 0x00, 0x04]));
        bench.Chip.PowerOn();
        bench.Ok("0084000004");
    }

    private static Bench Ready(bool verified = true, string? file = null)
    {
        var bench = new Bench(IssuerProfile.Demo, file: file);
        bench.Select(bench.Profile.Money);
        bench.AuthenticateControl(bench.Profile.Money, bench.Profile.TransportKey);
        bench.WriteKey(bench.Profile.Money, KeyUsage.Load, LoadKey);
        bench.SetPin("123456");
        if (verified)
        {
            bench.Ok("0020000003123456");
        }

        return bench;
    }
}
