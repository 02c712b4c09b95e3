using Meters.Carriers.Cards;
using Platform.Cards.Operations;

namespace Meters.Cards;

/// <summary>The keys of meters and their cards, from the platform's vault.</summary>
internal sealed class MeterVault(CardKeyRing ring)
{
    /// <summary>The keys of cards.</summary>
    public MeterCardKeys CardKeys { get; } = new(ring.Keys.ReadPurposeKey);

    /// <summary>Reads a key of a purpose: 32 bytes.</summary>
    public void Read(string purpose, Span<byte> key) => ring.Keys.ReadPurposeKey(purpose, key);
}
