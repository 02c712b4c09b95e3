using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Platform.Cards.Cryptography;
using Platform.Cards.Cryptography.Keys;

namespace Meters.Carriers.Cards;

/// <summary>Reads a key of a purpose from where keys live; 32 bytes.</summary>
public delegate void PurposeKey(string purpose, Span<byte> key);

/// <summary>
/// The keys of meter cards. One master key gives a key to each domain, and that one to each pair of card and meter. Every key is wiped after use.
/// </summary>
public sealed class MeterCardKeys(PurposeKey read)
{
    /// <summary>The name under which the vault gives the master key.</summary>
    public const string Purpose = "prepaid meter cards";

    /// <summary>Length of a memory card's secret code in bytes.</summary>
    public const int SecretCodeLength = 3;

    private const int NumberLength = 6;
    private static readonly CardCipher s_cipher = CardCipher.Of(CardAlgorithm.TripleDes);

    /// <summary>The keys that a vault gives.</summary>
    public static MeterCardKeys Of(IKeyVault vault)
    {
        ArgumentNullException.ThrowIfNull(vault);
        return new(vault.ReadPurposeKey);
    }

    /// <summary>What stands on cards for a maintenance code. Who reads cards cannot compute the code from it.</summary>
    public uint Domain(string maintenanceCode)
    {
        ArgumentException.ThrowIfNullOrEmpty(maintenanceCode);
        var domain = BinaryPrimitives.ReadUInt32BigEndian(Hash("domain", Encoding.UTF8.GetBytes(maintenanceCode)));
        return domain == 0 ? 1 : domain; // 0 is a card without a domain
    }

    /// <summary>A memory card's secret code, by its serial number.</summary>
    public byte[] SecretCode(uint serial)
    {
        Span<byte> factor = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(factor, serial);
        return Hash("secret code", factor)[..SecretCodeLength];
    }

    /// <summary>
    /// The MAC of what concerns a card and a meter: the retail MAC (ISO 9797-1 algorithm 3) under the domain's key, diversified by the card's serial
    /// number and by the meter number of 6 bytes.
    /// </summary>
    public uint Mac(uint domain, uint serial, ReadOnlySpan<byte> meter, ReadOnlySpan<byte> message)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(meter.Length, NumberLength, nameof(meter));
        Span<byte> key = stackalloc byte[CardCipher.KeyLength];
        Span<byte> factor = stackalloc byte[CardCipher.FactorLength];
        Span<byte> zero = stackalloc byte[CardCipher.FactorLength];
        zero.Clear();
        try
        {
            DomainKey(domain, key);
            BinaryPrimitives.WriteUInt32BigEndian(factor, serial);
            BinaryPrimitives.WriteUInt32BigEndian(factor[4..], ~serial);
            Diversify(key, factor);
            meter.CopyTo(factor);
            (factor[6], factor[7]) = (0x80, 0x00);
            Diversify(key, factor);
            return s_cipher.SecureMac(key, zero, message);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private void DomainKey(uint domain, Span<byte> key)
    {
        Span<byte> master = stackalloc byte[IKeyVault.PurposeKeyLength];
        Span<byte> factor = stackalloc byte[CardCipher.FactorLength];
        read(Purpose, master);
        BinaryPrimitives.WriteUInt32BigEndian(factor, domain);
        BinaryPrimitives.WriteUInt32BigEndian(factor[4..], ~domain);
        s_cipher.Diversify(master[..CardCipher.KeyLength], factor, key);
        CryptographicOperations.ZeroMemory(master);
    }

    private static void Diversify(Span<byte> key, ReadOnlySpan<byte> factor)
    {
        Span<byte> next = stackalloc byte[CardCipher.KeyLength];
        s_cipher.Diversify(key, factor, next);
        next.CopyTo(key);
        CryptographicOperations.ZeroMemory(next);
    }

    private byte[] Hash(string what, ReadOnlySpan<byte> of)
    {
        Span<byte> master = stackalloc byte[IKeyVault.PurposeKeyLength];
        read(Purpose, master);
        try
        {
            return HMACSHA256.HashData(master, (byte[])[.. Encoding.UTF8.GetBytes(what), 0, .. of]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(master);
        }
    }
}
