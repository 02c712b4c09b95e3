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

    /// <summary>The card speaks no protocol of the reader's.</summary>
    Unsupported,

    /// <summary>The reader was unplugged.</summary>
    ReaderGone,

    /// <summary>The service has no reader.</summary>
    NoReader,

    /// <summary>The service of the readers does not run or is not installed.</summary>
    ServiceMissing,

    /// <summary>The service does not let this account use readers.</summary>
    AccessDenied,
}

internal sealed class CardException(CardFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    internal CardFault Fault { get; } = fault;
}
