using System.Buffers.Binary;
using Hardware.Simulators.Meters;

namespace Hardware.Agent.Cards.MemoryCards;

/// <summary>
/// How one family of readers takes commands for memory cards, which speak no protocol of their own. The API sends the commands of a CPU card's
/// elementary file; a driver turns each into its reader's pseudo-APDU, and the answer back.
/// </summary>
internal interface IMemoryCardDriver
{
    /// <summary>Whether readers of this name belong to the family.</summary>
    bool Serves(string reader);

    /// <summary>Chooses the type of the card: SLE4442.</summary>
    byte[] Select { get; }

    byte[] Read(byte offset, byte length);

    byte[] Write(byte offset, ReadOnlySpan<byte> data);

    byte[] Verify(ReadOnlySpan<byte> code);

    byte[] ChangeCode(ReadOnlySpan<byte> code);

    /// <summary>Tries left after a secret code was presented: 3 when it was right, 0 when the card is locked; null for no such answer.</summary>
    int? TriesLeft(ushort statusWord);
}

/// <summary>ACS readers: the pseudo-APDUs of their reference manuals. Virtual readers speak like them.</summary>
internal sealed class AcsDriver : IMemoryCardDriver
{
    public bool Serves(string reader) =>
        reader.StartsWith("ACS", StringComparison.OrdinalIgnoreCase) || reader.StartsWith("Virtual", StringComparison.OrdinalIgnoreCase);

    public byte[] Select => [0xFF, 0xA4, 0x00, 0x00, 0x01, 0x06];

    public byte[] Read(byte offset, byte length) => [0xFF, 0xB0, 0x00, offset, length];

    public byte[] Write(byte offset, ReadOnlySpan<byte> data) => [0xFF, 0xD0, 0x00, offset, (byte)data.Length, .. data];

    public byte[] Verify(ReadOnlySpan<byte> code) => [0xFF, 0x20, 0x00, 0x00, (byte)code.Length, .. code];

    public byte[] ChangeCode(ReadOnlySpan<byte> code) => [0xFF, 0xD2, 0x00, 0x01, (byte)code.Length, .. code];

    /// <summary>The status word is 90 and the card's error counter, which has a bit for each try.</summary>
    public int? TriesLeft(ushort statusWord) =>
        statusWord switch
        {
            0x9007 => 3,
            0x9003 => 2,
            0x9001 => 1,
            0x9000 => 0,
            _ => null,
        };
}

/// <summary>Readers that follow part 3 of the PC/SC specification for storage cards.</summary>
internal sealed class StorageCardDriver : IMemoryCardDriver
{
    public bool Serves(string reader) => true;

    public byte[] Select => [0xFF, 0xA4, 0x00, 0x00, 0x01, 0x06];

    public byte[] Read(byte offset, byte length) => [0xFF, 0xB0, 0x00, offset, length];

    public byte[] Write(byte offset, ReadOnlySpan<byte> data) => [0xFF, 0xD6, 0x00, offset, (byte)data.Length, .. data];

    public byte[] Verify(ReadOnlySpan<byte> code) => [0xFF, 0x20, 0x00, 0x00, (byte)code.Length, .. code];

    public byte[] ChangeCode(ReadOnlySpan<byte> code) => [0xFF, 0x24, 0x01, 0x00, (byte)code.Length, .. code];

    public int? TriesLeft(ushort statusWord) =>
        statusWord switch
        {
            0x9000 => 3,
            0x6983 => 0,
            _ when statusWord >> 4 == 0x63C => statusWord & 0xF,
            _ => null,
        };
}

/// <summary>A memory card behind a reader's driver: to the rest of the agent a card with an elementary file.</summary>
internal sealed class MemoryCardConnection(ICardConnection card, IMemoryCardDriver driver) : ICardConnection
{
    private static readonly IMemoryCardDriver[] s_drivers = [new AcsDriver(), new StorageCardDriver()];
    private static readonly byte[] s_select = [0x00, 0xA4, 0x00, 0x00, 0x02, 0xEF, 0x01];

    public ReadOnlyMemory<byte> Atr => card.Atr;

    public CardProtocol Protocol => card.Protocol;

    /// <summary>Powers the card on; a memory card, which its answer to reset tells, behind the driver of its reader.</summary>
    internal static async Task<ICardConnection> Open(ICardReader reader, CancellationToken cancellationToken)
    {
        var connection = await reader.ConnectExclusive(cancellationToken);
        return connection.Atr.Span.SequenceEqual([.. VirtualMemoryCard.MemoryAtr])
            ? new MemoryCardConnection(connection, s_drivers.First(d => d.Serves(reader.Status.Name)))
            : connection;
    }

    public async Task<byte[]> Transmit(ReadOnlyMemory<byte> command, TimeSpan watchdog, CancellationToken cancellationToken)
    {
        if (Turned(command.Span) is not { } physical)
        {
            return command.Span is [_, 0xA4, ..] ? [0x6A, 0x82] : [0x6D, 0x00];
        }

        var answer = await card.Transmit(physical, watchdog, cancellationToken);
        return answer is [var high, var low] && command.Span[1] == 0x20 ? Tries([high, low]) : answer;
    }

    public Task Reset(CancellationToken cancellationToken) => card.Reset(cancellationToken);

    public ValueTask DisposeAsync() => card.DisposeAsync();

    private byte[]? Turned(ReadOnlySpan<byte> command) =>
        command switch
        {
            [0x00, 0xA4, ..] when command.SequenceEqual(s_select) => driver.Select,
            [0x00, 0xB0, 0x00, var offset, var length] => driver.Read(offset, length),
            [0x00, 0xD6, 0x00, var offset, _, .. var data] => driver.Write(offset, data),
            [0x00, 0x20, 0x00, 0x00, 0x03, .. { Length: 3 } code] => driver.Verify(code),
            [0x00, 0x24, 0x01, 0x00, 0x03, .. { Length: 3 } code] => driver.ChangeCode(code),
            _ => null,
        };

    private byte[] Tries(byte[] answer) =>
        driver.TriesLeft(BinaryPrimitives.ReadUInt16BigEndian(answer)) switch
        {
            3 => [0x90, 0x00],
            0 => [0x69, 0x83],
            { } left => [0x63, (byte)(0xC0 | left)],
            null => answer,
        };
}
