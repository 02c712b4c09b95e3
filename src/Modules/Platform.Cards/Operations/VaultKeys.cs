using Platform.Cards.Cryptography.Keys;
using Platform.Keys;

namespace Platform.Cards.Operations;

/// <summary>The platform's own keys lie in the vault of the card keys.</summary>
internal sealed class VaultKeys(IKeyVault vault) : IPurposeKeys
{
    public void Read(string purpose, Span<byte> key) => vault.ReadPurposeKey(purpose, key);
}
