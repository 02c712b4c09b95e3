namespace Hardware.Agent.Cards;

/// <summary>
/// The edge to the card readers: in this process a virtual one, later PC/SC. Everything above it knows readers by name only.
/// </summary>
internal interface ICardTransport
{
    /// <summary>The readers as they are now; at most <see cref="CardLimits.Readers"/>.</summary>
    IReadOnlyList<ReaderStatus> Readers();

    /// <summary>Waits until the readers differ from <paramref name="known"/> and gives them as they then are.</summary>
    Task<IReadOnlyList<ReaderStatus>> WaitForChange(IReadOnlyList<ReaderStatus> known, CancellationToken cancellationToken);

    /// <summary>The reader of that name, or null.</summary>
    ICardReader? Find(string name);
}

/// <summary>One reader, with or without a card.</summary>
internal interface ICardReader
{
    ReaderStatus Status { get; }

    /// <summary>Powers the card on for this caller alone.</summary>
    /// <exception cref="CardException">Busy, NoCard or NotResponding.</exception>
    Task<ICardConnection> ConnectExclusive(CancellationToken cancellationToken);
}

/// <summary>A powered card held by one caller. Disposing powers the card off and frees the reader.</summary>
internal interface ICardConnection : IAsyncDisposable
{
    /// <summary>The answer to reset, 2 to 33 bytes.</summary>
    ReadOnlyMemory<byte> Atr { get; }

    /// <summary>Sends one command as it is and gives the raw answer, at least the two bytes of the status word.</summary>
    /// <exception cref="CardException">NoAnswer (the watchdog ran out or fewer than two bytes came), CardRemoved, CardReset or Transport.</exception>
    Task<byte[]> Transmit(ReadOnlyMemory<byte> command, TimeSpan watchdog, CancellationToken cancellationToken);

    /// <summary>Warm reset: PIN and initialised state of the card are gone.</summary>
    /// <exception cref="CardException">CardRemoved or NotResponding.</exception>
    Task Reset(CancellationToken cancellationToken);
}

/// <summary>A reader's name, what is in it, and the card's answer to reset while a card is present.</summary>
internal sealed record ReaderStatus(string Name, ReaderState State, string? Atr);

/// <summary>What a reader is doing.</summary>
public enum ReaderState
{
    /// <summary>No card.</summary>
    Empty,

    /// <summary>A card nobody uses.</summary>
    Card,

    /// <summary>A card that an operation or a read holds.</summary>
    InUse,

    /// <summary>A card that did not answer and still has not given up its last command.</summary>
    NotResponding,
}

internal static class CardLimits
{
    internal const int Readers = 16;

    /// <summary>A short APDU: header 4, Lc 1, data 255, Le 1.</summary>
    internal const int CommandBytes = 261;

    /// <summary>What one command may answer over all its GET RESPONSE.</summary>
    internal const int AnswerBytes = 4096;
}
