namespace Simulation.Chip;

/// <summary>The virtual chip against real cards' logs: if chip and server shared a mistake, these would not come out.</summary>
public sealed class PublishedVectorTests
{
    private const string Load = "374598B5C0B0EAE1E1D06609AC5BB369";
    private const string Purchase = "A338D92A10C8285411E761445C831C22";
    private const string Tac = "CAA6025290114BFCC3C9043F70F7A07A";

    [Fact]
    public void A_load_answers_as_the_real_card_did()
    {
        var bench = Personalised(IssuerProfile.Demo, out _);

        bench.NextRandom("CDEF4F20");
        Assert.Equal("00000000000001" + "00" + "CDEF4F2006B1BEF5", bench.Ok("805000020B 01 00001C37 000001000050 10"));
        Assert.Equal("ED0F8755", bench.Ok("805200000B 20140825103100 0641DCD8 04"));
        Assert.Equal("00001C37", bench.Ok("805C000204"));
        Assert.Equal("000100000000001C370200000100005020140825103100", bench.Ok("00B201C417"));
        Assert.Equal("00000000ED0F8755", bench.Ok("805A000202 0001 08"));
        Assert.Equal("9406", bench.Send("805A000202 0002 08"));
    }

    [Fact]
    public void A_purchase_answers_as_the_real_card_did()
    {
        var profile = IssuerProfile.Demo with { Points = IssuerProfile.Demo.Points with { PurchaseType = 9 } };
        var bench = Personalised(profile, out _);
        bench.NextRandom("CDEF4F20");
        bench.Ok("805000020B 01 00001C37 000001000050 10");
        bench.Ok("805200000B 20140825103100 0641DCD8 04");

        bench.NextRandom("9AC87503");
        Assert.Equal("00001C370000" + "000000" + "0100" + "9AC87503", bench.Ok("805001020B 01 00001C37 000000000001 0F"));
        Assert.Equal("44A8E04A350AC480", bench.Ok("805401000F 00000001 20110919204812 CD573164 08"));
        Assert.Equal("00000000", bench.Ok("805C000204"));
        Assert.Equal("350AC48044A8E04A", bench.Ok("805A000902 0001 08"));
    }

    [Fact]
    public void Secure_messaging_is_that_of_the_real_card()
    {
        const string transport = "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF";
        var cipher = CardCipher.Of(CardAlgorithm.TripleDes);
        var key = Convert.FromHexString(transport);
        var bench = new Bench(IssuerProfile.Demo);
        bench.Select(bench.Profile.Points);

        bench.NextRandom("DCE8F511");
        bench.Ok("0084000004");
        bench.Ok("0082000008 CB1693339A342336");

        var field = cipher.EncryptField(key, Convert.FromHexString("01003300D03A01624D2E0255E5CE47218BA45DC8"));
        Assert.Equal("7B9864710732C21C8BB314B67CC4B6C352C518AA7305D7FF", Bench.Hex(field));
        bench.NextRandom("19393A92");
        bench.Ok("0084000004");
        bench.Ok("84D439001C 7B9864710732C21C8BB314B67CC4B6C352C518AA7305D7FF 6B72FE30");

        // The control key is now the one of the log: it authenticates, the transport key does not.
        bench.AuthenticateControl(bench.Profile.Points, "D03A01624D2E0255E5CE47218BA45DC8");
    }

    [Fact]
    public void An_application_is_blocked_by_the_command_of_the_real_card()
    {
        const string maintenance = "6474215EF549707831BB8DB9895FD48A";
        var bench = new Bench(IssuerProfile.Demo);
        bench.Select(bench.Profile.Points);
        bench.AuthenticateControl(bench.Profile.Points, bench.Profile.TransportKey);
        bench.WriteKey(bench.Profile.Points, KeyUsage.Maintenance, maintenance);

        bench.NextRandom("1EA2B2E6");
        bench.Ok("0084000004");
        Assert.Equal("9000", bench.Send("841E000004 A86CC6A8"));
        Assert.Equal("6A81", bench.Send("805C000204"));
        Assert.Equal("6A81", bench.Send($"00A4040009{bench.Profile.Points.Aid}"));

        Assert.Equal("9000", bench.Send(bench.Protected(maintenance, "84180000")));
        Assert.Equal("000000009000", bench.Send("805C000204"));
    }

    [Fact]
    public void An_unload_follows_the_formulas()
    {
        const string unload = "00112233445566778899AABBCCDDEEFF";
        var bench = new Bench(IssuerProfile.Demo);
        var money = bench.Profile.Money;
        bench.Select(money);
        bench.AuthenticateControl(money, bench.Profile.TransportKey);
        bench.WriteKey(money, KeyUsage.Load, Load);
        bench.WriteKey(money, KeyUsage.Unload, unload);
        bench.SetPin("123456");
        bench.Ok("0020000003123456");
        Purses.Load(bench, money, Load, 0x1C37);

        bench.NextRandom("01020304");
        Assert.Equal("00001C37" + "0001" + "0100" + "01020304" + "F0AC3540", bench.Ok("805005010B 01 00000064 000001000050 10"));
        Assert.Equal("57105934", bench.Ok("805403000B 20140825103100 6A690939 04"));
        Assert.Equal("00001BD3", bench.Ok("805C000104"));
        Assert.Equal("5710593400000000", bench.Ok("805A000302 0002 08"));
    }

    private static Bench Personalised(IssuerProfile profile, out ApplicationProfile points)
    {
        var bench = new Bench(profile);
        points = profile.Points;
        bench.Select(points);
        bench.AuthenticateControl(points, profile.TransportKey);
        bench.WriteKey(points, KeyUsage.Load, Load);
        bench.WriteKey(points, KeyUsage.Purchase, Purchase);
        bench.WriteKey(points, KeyUsage.Tac, Tac);
        bench.SetPin("123456");
        bench.Ok("0020000003123456");
        return bench;
    }
}
