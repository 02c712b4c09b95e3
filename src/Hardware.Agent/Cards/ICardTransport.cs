namespace Hardware.Agent.Cards;

/// <summary>
/// The edge to the card readers: virtual ones in this process, or those of the PC/SC service. Everything above it knows readers by name only.
/// </summary>
internal interface ICardTransport
{
    /// <summary>The readers as they are now; at most <see cref="CardLimits.Readers"/>.</summary>
    IReadOnlyList<ReaderStatus> Readers();

    /// <summary>Waits until the readers differ from <paramref name="known"/> and gives them as they then are.</summary>
    Task<IReadOnlyList<ReaderStatus>> WaitForChange(IReadOnlyList<ReaderStatus> known, CancellationToken cancellationToken);

    /// <summary>The reader of that name, or null.</summary>
    ICardReader? Find(string name);

    /// <summary>Why no reader can be reached at all, or null.</summary>
    CardException? Trouble { get; }

    /// <summary>Somebody waits: a lost service is looked for now and not after the pause.</summary>
    void LookAgain();
}

/// <summary>One reader, with or without a card.</summary>
internal interface ICardReader
{
    ReaderStatus Status { get; }

    /// <summary>Powers the card on for this caller alone.</summary>
    /// <exception cref="CardException">Busy, NoCard, NotResponding, Unsupported, ReaderGone or the service's own faults.</exception>
    Task<ICardConnection> ConnectExclusive(CancellationToken cancellationToken);
}

/// <summary>A powered card held by one caller. Disposing powers the card off and frees the reader.</summary>
internal interface ICardConnection : IAsyncDisposable
{
    /// <summary>The answer to reset, 2 to 33 bytes.</summary>
    ReadOnlyMemory<byte> Atr { get; }

    /// <summary>How commands with data and an answer are sent.</summary>
    CardProtocol Protocol { get; }

    /// <summary>Sends one command as it is and gives the raw answer, at least the two bytes of the status word.</summary>
    /// <exception cref="CardException">NoAnswer (the watchdog ran out or fewer than two bytes came), CardRemoved, CardReset or Transport.</exception>
    Task<byte[]> Transmit(ReadOnlyMemory<byte> command, TimeSpan watchdog, CancellationToken cancellationToken);

    /// <summary>Warm reset: PIN and initialised state of the card are gone.</summary>
    /// <exception cref="CardException">CardRemoved or NotResponding.</exception>
    Task Reset(CancellationToken cancellationToken);
}

/// <summary>A reader's name, what is in it, and the card's answer to reset while a card is present.</summary>
internal sealed record ReaderStatus(string Name, ReaderState State, string? Atr)
{
    /// <summary>Another number means another card, or the same one put in again, where the reader can tell.</summary>
    internal uint Insertion { get; init; }
}

/// <summary>A card's transmission protocol.</summary>
internal enum CardProtocol
{
    /// <summary>A command with data carries no Le: the card announces its answer with 61xx.</summary>
    T0,

    /// <summary>A command carries Le where an answer with data is expected.</summary>
    T1,
}

/// <summary>The state of a reader.</summary>
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

    /// <summary>What one physical command may answer: 256 bytes and the status word, and some more for readers that add a byte.</summary>
    internal const int PhysicalAnswerBytes = 512;

    /// <summary>What one command may answer over all its GET RESPONSE.</summary>
    internal const int AnswerBytes = 4096;
}
