using Platform.CardCryptography.Profiles;

namespace Platform.CardCryptography.Keys;

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
}
