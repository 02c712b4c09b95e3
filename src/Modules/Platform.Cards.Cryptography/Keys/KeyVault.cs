using Platform.Cards.Cryptography.Profiles;

namespace Platform.Cards.Cryptography.Keys;

/// <summary>
/// The edge to where master keys live (a file encrypted at rest, an HSM). What comes out of it is used and wiped; it is never logged,
/// stored, or sent.
/// </summary>
public interface IKeyVault
{
    /// <summary>
    /// Writes the 16-byte master key of an issuer, application, usage and version into <paramref name="key"/>.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The vault does not hold this key.</exception>
    void ReadMasterKey(string issuer, CardApplication application, KeyUsage usage, byte version, Span<byte> key);

    /// <summary>Length in bytes of a key that is not a card's.</summary>
    const int PurposeKeyLength = 32;

    /// <summary>
    /// Writes the 32-byte key of a purpose of the platform's own, such as sealing its records, into <paramref name="key"/>. No card key follows
    /// from it.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The vault does not hold this key.</exception>
    void ReadPurposeKey(string purpose, Span<byte> key);
}
