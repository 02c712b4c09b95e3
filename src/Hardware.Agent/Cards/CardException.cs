namespace Hardware.Agent.Cards;

/// <summary>Why a card could not be reached. Thrown at the edge only; the operation turns it into a failure of the exchange.</summary>
internal enum CardFault
{
    NoCard,
    Busy,
    NotResponding,
    NoAnswer,
    CardRemoved,
    CardReset,
    Transport,
}

internal sealed class CardException(CardFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    internal CardFault Fault { get; } = fault;
}
