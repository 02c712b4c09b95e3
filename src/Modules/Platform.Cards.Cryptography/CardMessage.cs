using Platform.Cards.Cryptography.Ciphers;

namespace Platform.Cards.Cryptography;

/// <summary>Appends big-endian fields to a card message in memory the caller owns.</summary>
internal ref struct CardMessage(Span<byte> memory)
{
    private readonly Span<byte> memory = memory;
    private int length;

    internal readonly ReadOnlySpan<byte> Bytes => memory[..length];

    internal void Add(byte value) => memory[length++] = value;

    internal void Add(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(memory[length..], value);
        length += sizeof(ushort);
    }

    internal void Add(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(memory[length..], value);
        length += sizeof(uint);
    }

    internal void Terminal(ReadOnlySpan<byte> terminal)
    {
        Length.Is(CardTime.TerminalLength, terminal);
        Add(terminal);
    }

    internal void Time(ReadOnlySpan<byte> time)
    {
        Length.Is(CardTime.Size, time);
        Add(time);
    }

    internal void Add(ReadOnlySpan<byte> value)
    {
        value.CopyTo(memory[length..]);
        length += value.Length;
    }
}
