namespace Hardware.Simulators.Readers;

/// <summary>A card in software, as a virtual reader sees it: a purse chip or a memory card.</summary>
public interface IVirtualCard
{
    /// <summary>The answer to reset.</summary>
    byte[] Atr { get; }

    /// <summary>Gives the card power.</summary>
    byte[] PowerOn();

    /// <summary>Takes the power away.</summary>
    void PowerOff();

    /// <summary>Power off and on again.</summary>
    byte[] Reset();

    /// <summary>Runs one command; the answer ends with the status word, and is empty when the card was torn in the middle of it.</summary>
    /// <exception cref="Chip.CardTornException">The card had no power.</exception>
    byte[] Transmit(ReadOnlySpan<byte> apdu);
}
