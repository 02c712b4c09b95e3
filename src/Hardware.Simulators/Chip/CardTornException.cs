namespace Hardware.Simulators.Chip;

/// <summary>The card has no power: it was torn from the reader, or never switched on.</summary>
public sealed class CardTornException() : InvalidOperationException("The card has no power.");
