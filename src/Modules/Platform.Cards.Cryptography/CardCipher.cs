using Platform.Cards.Cryptography.Ciphers;

namespace Platform.Cards.Cryptography;

/// <summary>The <c>alg</c> byte that a card names in INITIALIZE.</summary>
public enum CardAlgorithm : byte
{
    TripleDes = 0,
    Sm4 = 4,
}

/// <summary>
/// What a card does with its keys, for one algorithm. All keys are 16 bytes. A MAC, a TAC and a proof are 4 bytes, given as the
/// big-endian <see cref="uint"/>, so that comparing them needs no buffers.
/// </summary>
public abstract class CardCipher
{
    /// <summary>Length of every stored key in bytes.</summary>
    public const int KeyLength = 16;

    /// <summary>Length of the factor of a diversification and of the input of a session key in bytes.</summary>
    public const int FactorLength = 8;

    private static readonly CardCipher TripleDes = new TripleDesCipher();
    private static readonly CardCipher Sm4 = new Sm4Cipher();

    /// <summary>The cipher of an algorithm byte; an unknown one is refused.</summary>
    public static CardCipher Of(CardAlgorithm algorithm) =>
        algorithm switch
        {
            CardAlgorithm.TripleDes => TripleDes,
            CardAlgorithm.Sm4 => Sm4,
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "The card names an algorithm that is not known."),
        };

    /// <summary>Length of a session key in bytes: 8 for 3DES, 16 for SM4.</summary>
    public abstract int SessionKeyLength { get; }

    /// <summary>One level of diversification: <c>DK = E(MK, F) ‖ E(MK, ~F)</c>; F is 8 bytes.</summary>
    public abstract void Diversify(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> factor, Span<byte> key);

    /// <summary>The session key of a purse transaction from its 8-byte input (random ‖ counter ‖ tail).</summary>
    public abstract void SessionKey(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input, Span<byte> sessionKey);

    /// <summary>The MAC under a session key, IV zero.</summary>
    public abstract uint Mac(ReadOnlySpan<byte> sessionKey, ReadOnlySpan<byte> message);

    /// <summary>The MAC under a stored 16-byte key folded for it: TAC under DTK, PIN reload under DRPK.</summary>
    public abstract uint Tac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message);

    /// <summary>The secure-messaging MAC; the IV is the card's challenge, 4 bytes (the rest is zero) or 8.</summary>
    public abstract uint SecureMac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> challenge, ReadOnlySpan<byte> message);

    /// <summary>An encrypted field: <c>length1 ‖ data ‖ 80…</c> in ECB. At most 239 bytes of data.</summary>
    public abstract byte[] EncryptField(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data);

    /// <summary>Gives the data of <see cref="EncryptField"/> back, or false when the length byte cannot be right.</summary>
    public abstract bool TryDecryptField(ReadOnlySpan<byte> key, ReadOnlySpan<byte> field, out byte[] data);

    /// <summary>External and internal authentication: the 8-byte answer to a challenge of 4 (zeros appended) or 8 bytes.</summary>
    public abstract void Authenticate(ReadOnlySpan<byte> key, ReadOnlySpan<byte> challenge, Span<byte> answer);

    /// <summary>Pads with 80 00… to whole blocks; always adds at least the 80.</summary>
    protected static int PaddedLength(int length, int block) => ((length / block) + 1) * block;

    /// <summary>Copies <paramref name="message"/> into <paramref name="padded"/> and pads it with 80 00….</summary>
    protected static void Pad(ReadOnlySpan<byte> message, Span<byte> padded)
    {
        padded.Clear();
        message.CopyTo(padded);
        padded[message.Length] = 0x80;
    }

    /// <summary>Lays a field out as <c>length1 ‖ data</c>, padded with 80… only where it does not fill whole blocks.</summary>
    protected static byte[] LayOutField(ReadOnlySpan<byte> data, int block)
    {
        Length.AtMost(MaximumField, data);
        var used = 1 + data.Length;
        var field = new byte[used % block == 0 ? used : PaddedLength(used, block)];
        field[0] = (byte)data.Length;
        data.CopyTo(field.AsSpan(1));
        if (used < field.Length)
        {
            field[used] = 0x80;
        }

        return field;
    }

    private protected const int MaximumField = 239;
}
