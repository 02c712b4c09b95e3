using Meters.Carriers.Cards;

namespace Hardware.Simulators.Meters;

/// <summary>The meter's contacts. A write that answers false was torn: the card is out.</summary>
public interface IMeterSlot
{
    /// <summary>Reads bytes of the card.</summary>
    byte[] Read(int offset, int length);

    /// <summary>Writes bytes; false when the card was pulled out before the last one.</summary>
    bool Write(int offset, ReadOnlySpan<byte> bytes);
}

/// <summary>A virtual memory card in a meter's slot.</summary>
public sealed class MemoryCardSlot(VirtualMemoryCard card) : IMeterSlot
{
    /// <inheritdoc/>
    public byte[] Read(int offset, int length) => card.Read(offset, length);

    /// <inheritdoc/>
    public bool Write(int offset, ReadOnlySpan<byte> bytes) => card.Write(offset, bytes);
}
