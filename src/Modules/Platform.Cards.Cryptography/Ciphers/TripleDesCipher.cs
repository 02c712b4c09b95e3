namespace Platform.Cards.Cryptography.Ciphers;

internal sealed class TripleDesCipher : CardCipher
{
    public override int SessionKeyLength => DesBlock.Size;

    public override void Diversify(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> factor, Span<byte> key)
    {
        Length.Is(FactorLength, factor);
        Span<ulong> schedule = stackalloc ulong[2 * DesBlock.Rounds];
        Schedule(masterKey, schedule);
        var block = BinaryPrimitives.ReadUInt64BigEndian(factor);
        BinaryPrimitives.WriteUInt64BigEndian(key, Encrypt(block, schedule));
        BinaryPrimitives.WriteUInt64BigEndian(key[8..], Encrypt(~block, schedule));
        schedule.Clear();
    }

    public override void SessionKey(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input, Span<byte> sessionKey)
    {
        Length.Is(FactorLength, input);
        Authenticate(key, input, sessionKey);
    }

    public override uint Mac(ReadOnlySpan<byte> sessionKey, ReadOnlySpan<byte> message)
    {
        Span<ulong> schedule = stackalloc ulong[DesBlock.Rounds];
        DesBlock.Schedule(sessionKey, schedule);
        var mac = (uint)(Chain(schedule, 0, message) >> 32);
        schedule.Clear();
        return mac;
    }

    public override uint Tac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        Length.Is(KeyLength, key);
        Span<byte> folded = stackalloc byte[DesBlock.Size];
        for (var i = 0; i < folded.Length; i++)
        {
            folded[i] = (byte)(key[i] ^ key[i + DesBlock.Size]);
        }

        var tac = Mac(folded, message);
        folded.Clear();
        return tac;
    }

    // ISO 9797-1 algorithm 3: single DES down the chain, the last block under both halves.
    public override uint SecureMac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> challenge, ReadOnlySpan<byte> message)
    {
        Span<ulong> schedule = stackalloc ulong[2 * DesBlock.Rounds];
        Schedule(key, schedule);
        Span<byte> start = stackalloc byte[DesBlock.Size];
        start.Clear();
        challenge.CopyTo(start);
        var last = Chain(schedule[..DesBlock.Rounds], BinaryPrimitives.ReadUInt64BigEndian(start), message);
        last = DesBlock.Decrypt(last, schedule[DesBlock.Rounds..]);
        last = DesBlock.Encrypt(last, schedule[..DesBlock.Rounds]);
        schedule.Clear();
        return (uint)(last >> 32);
    }

    public override byte[] EncryptField(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        var field = LayOutField(data, DesBlock.Size);
        Span<ulong> schedule = stackalloc ulong[2 * DesBlock.Rounds];
        Schedule(key, schedule);
        for (var at = 0; at < field.Length; at += DesBlock.Size)
        {
            var block = field.AsSpan(at, DesBlock.Size);
            BinaryPrimitives.WriteUInt64BigEndian(block, Encrypt(BinaryPrimitives.ReadUInt64BigEndian(block), schedule));
        }

        schedule.Clear();
        return field;
    }

    public override bool TryDecryptField(ReadOnlySpan<byte> key, ReadOnlySpan<byte> field, out byte[] data)
    {
        data = [];
        if (field.Length is 0 or > MaximumField + 1 || field.Length % DesBlock.Size != 0)
        {
            return false;
        }

        Span<ulong> schedule = stackalloc ulong[2 * DesBlock.Rounds];
        Schedule(key, schedule);
        Span<byte> plain = stackalloc byte[field.Length];
        for (var at = 0; at < field.Length; at += DesBlock.Size)
        {
            var block = Decrypt(BinaryPrimitives.ReadUInt64BigEndian(field[at..]), schedule);
            BinaryPrimitives.WriteUInt64BigEndian(plain[at..], block);
        }

        schedule.Clear();
        var valid = plain[0] < plain.Length;
        data = valid ? plain.Slice(1, plain[0]).ToArray() : [];
        return valid;
    }

    public override void Authenticate(ReadOnlySpan<byte> key, ReadOnlySpan<byte> challenge, Span<byte> answer)
    {
        Span<byte> block = stackalloc byte[DesBlock.Size];
        block.Clear();
        challenge.CopyTo(block);
        Span<ulong> schedule = stackalloc ulong[2 * DesBlock.Rounds];
        Schedule(key, schedule);
        BinaryPrimitives.WriteUInt64BigEndian(answer, Encrypt(BinaryPrimitives.ReadUInt64BigEndian(block), schedule));
        schedule.Clear();
    }

    private static ulong Chain(ReadOnlySpan<ulong> schedule, ulong start, ReadOnlySpan<byte> message)
    {
        Span<byte> padded = stackalloc byte[PaddedLength(Bounded(message), DesBlock.Size)];
        Pad(message, padded);
        var chained = start;
        for (var at = 0; at < padded.Length; at += DesBlock.Size)
        {
            chained = DesBlock.Encrypt(chained ^ BinaryPrimitives.ReadUInt64BigEndian(padded[at..]), schedule);
        }

        return chained;
    }

    // A card message fits one short APDU; more would be a bug and a stack that grows by the caller's wish.
    private static int Bounded(ReadOnlySpan<byte> message)
    {
        Length.AtMost(512, message);
        return message.Length;
    }

    private static void Schedule(ReadOnlySpan<byte> key, Span<ulong> schedule)
    {
        Length.Is(KeyLength, key);
        DesBlock.Schedule(key[..8], schedule);
        DesBlock.Schedule(key[8..], schedule[DesBlock.Rounds..]);
    }

    private static ulong Encrypt(ulong block, ReadOnlySpan<ulong> schedule)
    {
        var left = schedule[..DesBlock.Rounds];
        var right = schedule[DesBlock.Rounds..];
        return DesBlock.Encrypt(DesBlock.Decrypt(DesBlock.Encrypt(block, left), right), left);
    }

    private static ulong Decrypt(ulong block, ReadOnlySpan<ulong> schedule)
    {
        var left = schedule[..DesBlock.Rounds];
        var right = schedule[DesBlock.Rounds..];
        return DesBlock.Decrypt(DesBlock.Encrypt(DesBlock.Decrypt(block, left), right), left);
    }
}
