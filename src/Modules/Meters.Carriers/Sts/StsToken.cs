using System.Globalization;

namespace Meters.Carriers.Sts;

/// <summary>What a token of class 0 credits.</summary>
public enum StsCredit
{
    /// <summary>0.1 kWh.</summary>
    Electricity = 0,

    /// <summary>0.1 m³.</summary>
    Water = 1,

    /// <summary>0.1 m³.</summary>
    Gas = 2,

    /// <summary>0.1 minute.</summary>
    Time = 3,
}

/// <summary>A token of 20 digits.</summary>
/// <param name="Class">0 credit, 1 test or display, 2 management.</param>
/// <param name="Block">64 bits, encrypted but for class 1.</param>
public readonly record struct StsToken(int Class, ulong Block)
{
    /// <summary>Digits of a token.</summary>
    public const int Digits = 20;

    /// <summary>The first number that is no token: 2 to the power of 66.</summary>
    public static readonly UInt128 TooLarge = UInt128.One << 66;

    private const int ClassShift = 27;
    private const ulong ClassMask = 3UL << ClassShift;
    private const int Rounds = 16;

    /// <summary>The 66 bits: the class in bits 28 and 27, and what stood there on top.</summary>
    public UInt128 Bits => ((UInt128)((Block >> ClassShift) & 3) << 64) | ((Block & ~ClassMask) | ((ulong)Class << ClassShift));

    /// <summary>The 20 digits.</summary>
    public string Text => Bits.ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');

    /// <summary>Reads 20 digits; null where they are no token.</summary>
    public static StsToken? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length != Digits || !text.All(char.IsAsciiDigit))
        {
            return null;
        }

        var bits = UInt128.Parse(text, CultureInfo.InvariantCulture);
        if (bits >= TooLarge)
        {
            return null;
        }

        var low = (ulong)bits;
        var block = (low & ~ClassMask) | ((ulong)(bits >> 64) << ClassShift);
        return new((int)((low >> ClassShift) & 3), block);
    }

    /// <summary>Encrypts a block (EA07). Class 1 is not encrypted.</summary>
    public static StsToken Encrypt(int tokenClass, ulong block, ulong key, StsTables tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        if (tokenClass == 1)
        {
            return new(tokenClass, block);
        }

        var (data, rotating) = (block, StartKey(key));
        for (var round = 0; round < Rounds; round++)
        {
            (data, rotating) = Round(data, rotating, tables);
        }

        return new(tokenClass, data);
    }

    /// <summary>The key of the first round.</summary>
    public static ulong StartKey(ulong key) => ulong.RotateRight(~key, 12);

    /// <summary>One round, and the key of the next.</summary>
    public static (ulong Data, ulong Key) Round(ulong data, ulong key, StsTables tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        return (tables.Permute(tables.Substitute(data, key)), ulong.RotateLeft(key, 1));
    }

    /// <summary>The block that was encrypted.</summary>
    public ulong Decrypt(ulong key, StsTables tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        if (Class == 1)
        {
            return Block;
        }

        var (data, rotating) = (Block, ulong.RotateLeft(key, 3));
        for (var round = 0; round < Rounds; round++)
        {
            data = tables.SubstituteBack(tables.PermuteBack(data), rotating);
            rotating = ulong.RotateRight(rotating, 1);
        }

        return data;
    }
}

/// <summary>The 64 bits of tokens before they are encrypted.</summary>
public static class StsBlock
{
    private const ushort Start = 0xFFFF;
    private const ushort Polynomial = 0xA001;

    /// <summary>CRC-16 as tokens have it, over the class and the 48 bits above the field, and a byte 01 where the token carries currency.</summary>
    public static ushort Crc(int tokenClass, ulong upper48, bool currency = false)
    {
        var crc = Start;
        Add((byte)tokenClass);
        for (var shift = 40; shift >= 0; shift -= 8)
        {
            Add((byte)(upper48 >> shift));
        }

        if (currency)
        {
            Add(1);
        }

        return (ushort)((crc << 8) | (crc >> 8));

        void Add(byte value)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (ushort)((crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial);
            }
        }
    }

    /// <summary>A block with its CRC.</summary>
    public static ulong Of(int tokenClass, ulong upper48, bool currency = false) => (upper48 << 16) | Crc(tokenClass, upper48, currency);

    /// <summary>Does a decrypted block carry the right CRC?</summary>
    public static bool IsSound(int tokenClass, ulong block)
    {
        var currency = tokenClass == 0 && block >> 60 is >= 4 and <= 7;
        return (ushort)block == Crc(tokenClass, block >> 16, currency);
    }

    /// <summary>A credit of units.</summary>
    public static ulong Credit(StsCredit what, int random, int minute, ushort amount) =>
        Of(0, ((ulong)what << 44) | ((ulong)(random & 0xF) << 40) | ((ulong)minute << 16) | amount);

    /// <summary>A credit in currency; the 20 bits of <see cref="StsAmount.EncodeCurrency"/>.</summary>
    public static ulong CurrencyCredit(StsCredit what, int minute, int amount)
    {
        var (sign, exponent, mantissa) = (amount >> 19, (amount >> 14) & 0x1F, amount & 0x3FFF);
        var upper = ((ulong)sign << 3) | ((ulong)exponent >> 2);
        var lower = ((ulong)(exponent & 3) << 14) | (uint)mantissa;
        return Of(0, ((ulong)(4 + (int)what) << 44) | (upper << 40) | ((ulong)minute << 16) | lower, currency: true);
    }

    /// <summary>A token of class 2 with a value: 0 power limit, 1 clear credit, 5 clear tamper, 6 phase unbalance.</summary>
    public static ulong Management(int subclass, int random, int minute, ushort value) =>
        Of(2, ((ulong)subclass << 44) | ((ulong)(random & 0xF) << 40) | ((ulong)minute << 16) | value);

    /// <summary>The first token of a key change; of two, or of three where the supply group changes, too.</summary>
    public static ulong KeyChange1(int expiry, int keyRevision, bool rollover, bool three, StsKeyType type, ulong newKey)
    {
        var flags = ((ulong)keyRevision << 4) | (rollover ? 8UL : 0) | (three ? 4UL : 0) | (ulong)type;
        return Of(2, (3UL << 44) | ((ulong)(expiry >> 4) << 40) | (flags << 32) | (newKey >> 32));
    }

    /// <summary>The second token of a key change.</summary>
    public static ulong KeyChange2(int expiry, int tariffIndex, ulong newKey) =>
        Of(2, (4UL << 44) | ((ulong)(expiry & 0xF) << 40) | ((ulong)tariffIndex << 32) | (newKey & 0xFFFF_FFFF));

    /// <summary>The third token of a key change: the supply group.</summary>
    public static ulong KeyChange3(int supplyGroup) => Of(2, (8UL << 44) | ((ulong)supplyGroup << 20));
}
