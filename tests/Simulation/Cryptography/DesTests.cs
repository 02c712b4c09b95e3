using System.Buffers.Binary;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Platform.Cards.Cryptography.Ciphers;
using TestRuns;

namespace Simulation.Cryptography;

public sealed class DesTests
{
    private static readonly Arbitrary<(byte[] Key, ulong Block)> KeysAndBlocks = (
        from key in Gen.ArrayOf(Gen.Choose(0, 255).Select(i => (byte)i), 16)
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        select (key, ((ulong)(uint)high << 32) | (uint)low)
    ).ToArbitrary();

    [Fact]
    public void Single_des_agrees_with_the_platform_on_random_keys() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(RandomRuns.Times(500)),
            Prop.ForAll(KeysAndBlocks, given => DES.IsWeakKey(given.Key[..8]) || Encrypt(given.Key[..8], given.Block) == PlatformDes(given))
        );

    [Fact]
    public void Deciphering_gives_the_block_back_for_every_key() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(RandomRuns.Times(500)),
            Prop.ForAll(KeysAndBlocks, given => Decrypt(given.Key[..8], Encrypt(given.Key[..8], given.Block)) == given.Block)
        );

    [Fact]
    public void Triple_des_agrees_with_the_platform_on_random_keys() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(RandomRuns.Times(500)),
            Prop.ForAll(KeysAndBlocks, given => Authenticate(given.Key, given.Block) == PlatformTripleDes(given))
        );

    [Fact]
    public void A_field_can_be_deciphered_again_under_its_key() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(RandomRuns.Times(100)),
            Prop.ForAll(
                KeysAndBlocks,
                given =>
                {
                    var data = new byte[given.Block % 64];
                    Random.Shared.NextBytes(data);
                    return Enum.GetValues<CardAlgorithm>().All(a => FieldComesBack(CardCipher.Of(a), given.Key, data));
                }
            )
        );

    [Theory]
    [InlineData("0101010101010101")]
    [InlineData("FEFEFEFEFEFEFEFE")]
    [InlineData("FFFFFFFFFFFFFFFF")]
    public void A_weak_key_that_the_platform_refuses_works(string weak)
    {
        var key = Convert.FromHexString(weak);
        const ulong block = 0x0123456789ABCDEF;

        // A weak key is its own inverse: enciphering twice gives the block back.
        Assert.Equal(block, Encrypt(key, Encrypt(key, block)));
    }

    [Fact]
    public void Sm4_reproduces_the_vector_of_the_standard()
    {
        var key = Convert.FromHexString("0123456789ABCDEFFEDCBA9876543210");
        var block = key.ToArray();
        Sm4Block.Encrypt(key, block, block);
        Assert.Equal("681EDF34D206965E86B3E94F536E4246", Convert.ToHexString(block));
        Sm4Block.Decrypt(key, block, block);
        Assert.Equal(key, block);
    }

    private static bool FieldComesBack(CardCipher cipher, byte[] key, byte[] data) =>
        cipher.TryDecryptField(key, cipher.EncryptField(key, data), out var plain) && plain.SequenceEqual(data);

    private static ulong Encrypt(byte[] key, ulong block)
    {
        var schedule = new ulong[DesBlock.Rounds];
        DesBlock.Schedule(key, schedule);
        return DesBlock.Encrypt(block, schedule);
    }

    private static ulong Decrypt(byte[] key, ulong block)
    {
        var schedule = new ulong[DesBlock.Rounds];
        DesBlock.Schedule(key, schedule);
        return DesBlock.Decrypt(block, schedule);
    }

    private static ulong Authenticate(byte[] key, ulong block)
    {
        var answer = new byte[8];
        CardCipher.Of(CardAlgorithm.TripleDes).Authenticate(key, Bytes(block), answer);
        return BinaryPrimitives.ReadUInt64BigEndian(answer);
    }

    private static ulong PlatformDes((byte[] Key, ulong Block) given)
    {
        using var des = DES.Create();
        des.Key = given.Key[..8];
        return BinaryPrimitives.ReadUInt64BigEndian(des.EncryptEcb(Bytes(given.Block), PaddingMode.None));
    }

    private static ulong PlatformTripleDes((byte[] Key, ulong Block) given)
    {
        using var des = TripleDES.Create();
        byte[] key = [.. given.Key, .. given.Key[..8]];
        if (TripleDES.IsWeakKey(key))
        {
            return Authenticate(given.Key, given.Block);
        }

        des.Key = key;
        return BinaryPrimitives.ReadUInt64BigEndian(des.EncryptEcb(Bytes(given.Block), PaddingMode.None));
    }

    private static byte[] Bytes(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }
}
