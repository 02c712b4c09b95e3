namespace Platform.Cards.Cryptography.Ciphers;

/// <summary>
/// The SM4 profile. Diversification, MAC and the block are given by the specification; the session key (input ‖ ~input) and the field
/// layout follow the 3DES rules by analogy, because no public vector exists for them.
/// </summary>
internal sealed class Sm4Cipher : CardCipher
{
    public override int SessionKeyLength => Sm4Block.Size;

    public override void Diversify(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> factor, Span<byte> key)
    {
        Length.Is(FactorLength, factor);
        Span<byte> block = stackalloc byte[Sm4Block.Size];
        for (var i = 0; i < FactorLength; i++)
        {
            block[i] = factor[i];
            block[i + FactorLength] = (byte)~factor[i];
        }

        Sm4Block.Encrypt(masterKey, block, key);
    }

    public override void SessionKey(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input, Span<byte> sessionKey) =>
        Diversify(key, input, sessionKey);

    public override uint Mac(ReadOnlySpan<byte> sessionKey, ReadOnlySpan<byte> message) => SecureMac(sessionKey, [], message);

    public override uint Tac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message) => SecureMac(key, [], message);

    public override uint SecureMac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> challenge, ReadOnlySpan<byte> message)
    {
        Length.AtMost(512, message);
        Span<byte> padded = stackalloc byte[PaddedLength(message.Length, Sm4Block.Size)];
        Pad(message, padded);
        Span<byte> chained = stackalloc byte[Sm4Block.Size];
        chained.Clear();
        challenge.CopyTo(chained);
        for (var at = 0; at < padded.Length; at += Sm4Block.Size)
        {
            for (var i = 0; i < Sm4Block.Size; i++)
            {
                chained[i] ^= padded[at + i];
            }

            Sm4Block.Encrypt(key, chained, chained);
        }

        return BinaryPrimitives.ReadUInt32BigEndian(chained);
    }

    public override byte[] EncryptField(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        var field = LayOutField(data, Sm4Block.Size);
        for (var at = 0; at < field.Length; at += Sm4Block.Size)
        {
            var block = field.AsSpan(at, Sm4Block.Size);
            Sm4Block.Encrypt(key, block, block);
        }

        return field;
    }

    public override bool TryDecryptField(ReadOnlySpan<byte> key, ReadOnlySpan<byte> field, out byte[] data)
    {
        data = [];
        if (field.Length is 0 or > MaximumField + 1 || field.Length % Sm4Block.Size != 0)
        {
            return false;
        }

        Span<byte> plain = stackalloc byte[field.Length];
        for (var at = 0; at < field.Length; at += Sm4Block.Size)
        {
            Sm4Block.Decrypt(key, field.Slice(at, Sm4Block.Size), plain[at..]);
        }

        var valid = plain[0] < plain.Length;
        data = valid ? plain.Slice(1, plain[0]).ToArray() : [];
        return valid;
    }

    public override void Authenticate(ReadOnlySpan<byte> key, ReadOnlySpan<byte> challenge, Span<byte> answer)
    {
        Span<byte> block = stackalloc byte[Sm4Block.Size];
        block.Clear();
        challenge.CopyTo(block);
        Sm4Block.Encrypt(key, block, block);
        block[..8].CopyTo(answer);
    }
}
