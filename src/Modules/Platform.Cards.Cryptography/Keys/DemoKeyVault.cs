using System.Security.Cryptography;
using System.Text;
using Platform.Cards.Cryptography.Profiles;

namespace Platform.Cards.Cryptography.Keys;

/// <summary>
/// Master keys for demonstration, tests and training: each is a hash of its own name, so everybody can compute them. A host in Production
/// must refuse this vault.
/// </summary>
public sealed class DemoKeyVault : IKeyVault
{
    /// <inheritdoc/>
    public void ReadMasterKey(string issuer, CardApplication application, KeyUsage usage, byte version, Span<byte> key)
    {
        var name = Encoding.UTF8.GetBytes($"demonstration key|{issuer}|{application}|{usage}|{version}");
        SHA256.HashData(name).AsSpan(0, CardCipher.KeyLength).CopyTo(key);
    }

    /// <inheritdoc/>
    public void ReadPurposeKey(string purpose, Span<byte> key) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"demonstration purpose key|{purpose}")).CopyTo(key);
}
