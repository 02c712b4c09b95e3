namespace Simulation.Cryptography;

public sealed class PublishedVectorTests
{
    private static readonly CardCipher Cipher = CardCipher.Of(CardAlgorithm.TripleDes);

    [Fact]
    public void A_the_session_key_of_a_load_comes_out() =>
        Assert.Equal("3C05F429713D0188", OnlineSession("374598B5C0B0EAE1E1D06609AC5BB369", "CDEF4F20", 0));

    [Fact]
    public void B_session_key_and_MAC1_of_a_load_come_out()
    {
        var session = OnlineSession("3F013F013F013F013F013F013F013F01", "F9CABA91", 0);
        Assert.Equal("03015BEA347EA231", session);
        var mac1 = PurseCryptography.OnlineMac1(Cipher, Bytes(session), 0, 0x1234, 2, Bytes("000000000001"));
        Assert.Equal(0x6C394D64u, mac1);
    }

    [Fact]
    public void C_the_session_key_of_a_purchase_comes_out()
    {
        var session = new byte[8];
        PurseCryptography.OfflineSession(Cipher, Bytes("A338D92A10C8285411E761445C831C22"), Bytes("9AC87503"), 0, 1, session);
        Assert.Equal("45B5E6403E9995A8", Convert.ToHexString(session));
    }

    [Fact]
    public void D_the_authentication_under_a_key_of_ones_comes_out()
    {
        var answer = new byte[8];
        Cipher.Authenticate(Bytes("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"), Bytes("DCE8F511"), answer);
        Assert.Equal("CB1693339A342336", Convert.ToHexString(answer));
    }

    [Fact]
    public void E_session_key_and_MACs_of_an_unload_come_out()
    {
        var session = OnlineSession("00112233445566778899AABBCCDDEEFF", "01020304", 1);
        var (terminal, time) = (Bytes("000001000050"), Bytes("20140825103100"));
        Assert.Equal("E95FC67AE1E225F8", session);
        Assert.Equal(0xF0AC3540u, PurseCryptography.OnlineMac1(Cipher, Bytes(session), 0x1C37, 0x64, 3, terminal));
        Assert.Equal(0x6A690939u, PurseCryptography.HostMac(Cipher, Bytes(session), 0x64, 3, terminal, time));
        Assert.Equal(
            0x57105934u,
            PurseCryptography.OnlineProof(Cipher, Bytes(session), underSession: true, 0x1C37 - 0x64, 1, 0x64, 3, terminal, time)
        );
    }

    [Fact]
    public void E_a_diversified_key_comes_out()
    {
        var key = new byte[16];
        Cipher.Diversify(Bytes("0123456789ABCDEFFEDCBA9876543210"), Bytes("0000000100000001"), key);
        Assert.Equal("9CA6555391EDC94D7D814E1B91A3EE4C", Convert.ToHexString(key));
    }

    private static string OnlineSession(string key, string random, ushort counter)
    {
        var session = new byte[8];
        PurseCryptography.OnlineSession(Cipher, Bytes(key), Bytes(random), counter, session);
        return Convert.ToHexString(session);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);
}
