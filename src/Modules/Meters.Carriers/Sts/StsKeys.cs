using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Platform.Cards.Cryptography;

namespace Meters.Carriers.Sts;

/// <summary>The type of a decoder key.</summary>
public enum StsKeyType
{
    /// <summary>DITK, of a meter as it leaves the factory.</summary>
    Initialization = 0,

    /// <summary>DDTK: credit under it is refused.</summary>
    Default = 1,

    /// <summary>DUTK, of one meter.</summary>
    Unique = 2,

    /// <summary>DCTK, of all meters of a supply group.</summary>
    Common = 3,
}

/// <summary>From when a token's minutes count.</summary>
public enum StsBaseDate
{
    /// <summary>1 January 1993; ended on 24 November 2024.</summary>
    Year1993 = 93,

    /// <summary>1 January 2014; ends on 24 November 2045.</summary>
    Year2014 = 14,

    /// <summary>1 January 2035; ends on 24 November 2066.</summary>
    Year2035 = 35,
}

/// <summary>What a decoder key is made for.</summary>
/// <param name="Pan">MeterPAN, 18 digits.</param>
/// <param name="SupplyGroup">Supply group code, 6 digits.</param>
/// <param name="TariffIndex">2 digits.</param>
/// <param name="KeyRevision">1 to 9.</param>
/// <param name="KeyType">The key's type.</param>
public sealed record StsMeter(string Pan, string SupplyGroup, string TariffIndex, int KeyRevision, StsKeyType KeyType)
{
    /// <summary>The country code of the numbers that carry one of 6 digits.</summary>
    private const string LongIssuer = "600727";

    /// <summary>Are the check digits of the PAN right (Luhn, of the meter's own number and of the whole)?</summary>
    public bool HasValidPan
    {
        get
        {
            var own = Pan.StartsWith(LongIssuer, StringComparison.Ordinal) ? Pan[6..17] : Pan[4..17];
            return IsNumber(Pan, 18) && Luhn(Pan) && Luhn(own);
        }
    }

    internal void Check()
    {
        var fits = IsNumber(Pan, 18) && IsNumber(SupplyGroup, 6) && IsNumber(TariffIndex, 2) && KeyRevision is >= 0 and <= 9;
        if (!fits)
        {
            throw new InvalidOperationException(
                "A meter has a PAN of 18 digits, a supply group of 6, a tariff index of 2 and a key revision of 1."
            );
        }
    }

    /// <summary>The first 17 digits without the leading one, as 16 nibbles; a common key has zeros for the meter's own number.</summary>
    public ulong PanBlock
    {
        get
        {
            Check();
            var digits = Pan[..17];
            if (KeyType == StsKeyType.Common)
            {
                var issuer = Pan.StartsWith(LongIssuer, StringComparison.Ordinal) ? 6 : 4;
                digits = digits[..issuer] + new string('0', digits.Length - issuer);
            }

            return ulong.Parse(digits.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Key type, supply group, tariff index and key revision, filled with F.</summary>
    public ulong ControlBlock
    {
        get
        {
            Check();
            var text = string.Create(CultureInfo.InvariantCulture, $"{(int)KeyType}{SupplyGroup}{TariffIndex}{KeyRevision}FFFFFF");
            return ulong.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
    }

    private static bool IsNumber(string text, int digits) => text.Length == digits && text.All(char.IsAsciiDigit);

    private static bool Luhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : (digit * 2 / 10) + (digit * 2 % 10);
        }

        return sum % 10 == 0;
    }
}

/// <summary>Makes decoder keys from a vending key.</summary>
public static class StsKeys
{
    /// <summary>Length of the vending key of DKGA02 in bytes.</summary>
    public const int Dkga02Length = 8;

    /// <summary>Length of the vending key of DKGA04 in bytes.</summary>
    public const int Dkga04Length = 20;

    /// <summary>DKGA02: for base date 1993 only. The vending key has 8 bytes with odd parity.</summary>
    public static ulong Dkga02(ReadOnlySpan<byte> vendingKey, StsMeter meter)
    {
        ArgumentNullException.ThrowIfNull(meter);
        ArgumentOutOfRangeException.ThrowIfNotEqual(vendingKey.Length, Dkga02Length, nameof(vendingKey));
        var x = meter.PanBlock ^ meter.ControlBlock;
        Span<byte> block = stackalloc byte[8];
        Span<byte> enciphered = stackalloc byte[8];
        Span<byte> twice = stackalloc byte[2 * Dkga02Length];
        BinaryPrimitives.WriteUInt64BigEndian(block, x);
        vendingKey.CopyTo(twice);
        vendingKey.CopyTo(twice[Dkga02Length..]);
        // Triple DES with one key three times is single DES.
        CardCipher.Of(CardAlgorithm.TripleDes).Authenticate(twice, block, enciphered);
        var key = BinaryPrimitives.ReadUInt64BigEndian(enciphered) ^ x ^ BinaryPrimitives.ReadUInt64BigEndian(vendingKey);
        CryptographicOperations.ZeroMemory(twice);
        CryptographicOperations.ZeroMemory(enciphered);
        return key;
    }

    /// <summary>DKGA04, for all base dates and EA07. The vending key has 20 bytes.</summary>
    public static ulong Dkga04(ReadOnlySpan<byte> vendingKey, StsMeter meter, StsBaseDate baseDate)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(vendingKey.Length, Dkga04Length, nameof(vendingKey));
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(vendingKey, Dkga04Message(meter, baseDate), hash);
        var key = BinaryPrimitives.ReadUInt64BigEndian(hash);
        CryptographicOperations.ZeroMemory(hash);
        return key;
    }

    /// <summary>What DKGA04 hashes.</summary>
    public static byte[] Dkga04Message(StsMeter meter, StsBaseDate baseDate)
    {
        ArgumentNullException.ThrowIfNull(meter);
        meter.Check();
        const byte items = 4;
        return
        [
            items,
            .. Field("04"),
            .. Field(((int)baseDate).ToString("D2", CultureInfo.InvariantCulture)),
            .. Field("07"),
            .. Field(meter.TariffIndex),
            0x00,
            items,
            .. Field(meter.SupplyGroup),
            .. Field(((int)meter.KeyType).ToString(CultureInfo.InvariantCulture)),
            .. Field(meter.KeyRevision.ToString("X", CultureInfo.InvariantCulture)),
            .. Field(meter.Pan),
            0x00,
            0x00,
            0x00,
            0x40,
        ];
    }

    private static byte[] Field(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
}
