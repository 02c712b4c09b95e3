namespace Hardware.Simulators.Chip;

/// <summary>Fills a span with random bytes; a test gives the card's random numbers of a published vector.</summary>
public delegate void ChipRandom(Span<byte> destination);

/// <summary>How a virtual chip is run.</summary>
public sealed record ChipOptions
{
    /// <summary>8 bytes, hex; null gives a random one. Used only when a chip is made.</summary>
    public string? ChipSerial { get; init; }

    public ChipRandom? Random { get; init; }

    /// <summary>T=0: answers <c>61xx</c> and <c>6Cxx</c> instead of giving data at once.</summary>
    public bool TransmissionProtocol0 { get; init; }

    /// <summary>
    /// T=1: the answer to reset says so, and a command that is to answer with data must carry Le and no other may (<c>6700</c>).
    /// </summary>
    public bool TransmissionProtocol1 { get; init; }

    /// <summary>The file that the chip's memory is written to, atomically, after every change; null keeps it in memory.</summary>
    public string? File { get; init; }
}
