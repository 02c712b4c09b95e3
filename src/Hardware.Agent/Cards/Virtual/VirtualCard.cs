using Hardware.Simulators.Chip;
using Hardware.Simulators.Readers;

namespace Hardware.Agent.Cards.Virtual;

/// <summary>A virtual card with its name in the folder; it saves itself to its file with every change.</summary>
internal sealed class VirtualCard(string id, IVirtualCard chip)
{
    internal string Id { get; } = id;

    /// <summary>The card itself.</summary>
    internal IVirtualCard Card => chip;

    internal byte[] Atr { get; } = chip.Atr;

    internal string AtrHex { get; } = Convert.ToHexString(chip.Atr);

    internal void PowerOn() => chip.PowerOn();

    internal void PowerOff() => chip.PowerOff();

    internal void Reset() => chip.Reset();

    /// <exception cref="CardException">The chip has no power.</exception>
    internal byte[] Transmit(ReadOnlySpan<byte> command)
    {
        try
        {
            return chip.Transmit(command);
        }
        catch (CardTornException e)
        {
            throw new CardException(CardFault.CardRemoved, "The card has no power.", e);
        }
    }
}
