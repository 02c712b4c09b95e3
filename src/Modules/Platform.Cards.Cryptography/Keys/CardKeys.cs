using System.Security.Cryptography;
using Platform.Cards.Cryptography.Profiles;

namespace Platform.Cards.Cryptography.Keys;

/// <summary>
/// The keys of one issuer's cards, each diversified when it is asked for. A caller gets a key into its own memory and wipes it; most
/// callers want <see cref="Use{T}"/>, which does both.
/// </summary>
public sealed class CardKeys(IKeyVault vault, IssuerProfile profile)
{
    /// <summary>A computation with a key that is wiped afterwards.</summary>
    public delegate T KeyUse<out T>(CardCipher cipher, ReadOnlySpan<byte> key);

    public IssuerProfile Profile { get; } = profile;

    /// <summary>
    /// Diversifies a key by the rightmost 8 bytes of <paramref name="serial"/> (the application serial number; for
    /// <see cref="KeyUsage.Control"/> the chip's serial number), uses it once and wipes it.
    /// </summary>
    public T Use<T>(CardApplication application, KeyUsage usage, ReadOnlySpan<byte> serial, KeyUse<T> use)
    {
        ArgumentNullException.ThrowIfNull(use);
        Span<byte> key = stackalloc byte[CardCipher.KeyLength];
        try
        {
            Diversify(application, usage, serial, key);
            return use(CardCipher.Of(Profile.Algorithm), key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Computes under the session key that a card's random number and online counter give; the key is wiped afterwards.</summary>
    public uint UseSession(
        CardApplication application,
        KeyUsage usage,
        ReadOnlySpan<byte> serial,
        byte[] random,
        ushort counter,
        KeyUse<uint> use
    ) =>
        Use(
            application,
            usage,
            serial,
            (cipher, key) =>
            {
                Span<byte> session = stackalloc byte[cipher.SessionKeyLength];
                PurseCryptography.OnlineSession(cipher, key, random, counter, session);
                var result = use(cipher, session);
                CryptographicOperations.ZeroMemory(session);
                return result;
            }
        );

    /// <summary>Writes the 32-byte key of a purpose that is no purse's into <paramref name="key"/>; the caller wipes it.</summary>
    public void ReadPurposeKey(string purpose, Span<byte> key) => vault.ReadPurposeKey(purpose, key);

    /// <summary>Writes a card's key, diversified, into <paramref name="key"/>; the caller wipes it.</summary>
    public void Diversify(CardApplication application, KeyUsage usage, ReadOnlySpan<byte> serial, Span<byte> key)
    {
        if (serial.Length < CardCipher.FactorLength)
        {
            throw new ArgumentException("A serial number has at least 8 bytes.", nameof(serial));
        }

        Span<byte> master = stackalloc byte[CardCipher.KeyLength];
        try
        {
            vault.ReadMasterKey(Profile.Issuer, application, usage, Profile.Application(application).Key(usage).Version, master);
            CardCipher.Of(Profile.Algorithm).Diversify(master, serial[^CardCipher.FactorLength..], key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(master);
        }
    }
}
