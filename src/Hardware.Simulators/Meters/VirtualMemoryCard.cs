using System.Text.Json;
using Hardware.Simulators.Chip;
using Hardware.Simulators.Readers;

namespace Hardware.Simulators.Meters;

/// <summary>How a virtual memory card is spoken to.</summary>
public enum MemoryCardFace
{
    /// <summary>An SLE4442 behind a reader that takes pseudo-APDUs of class FF, as those of ACS do.</summary>
    Sle4442,

    /// <summary>The same bytes as an elementary file of a CPU card, with commands of ISO 7816-4.</summary>
    CpuFile,
}

/// <summary>What a memory card keeps without power.</summary>
internal sealed record MemoryCardState(MemoryCardFace Face, byte[] Memory, byte[] SecretCode, int TriesLeft);

/// <summary>
/// A card of 256 bytes with a secret code of 3 bytes. Every byte can be read; none is written without the code. It writes byte by byte, and can be
/// torn out between any two of them. After three wrong codes it is locked for ever. Safe to call from several threads.
/// </summary>
public sealed class VirtualMemoryCard : IVirtualCard
{
    /// <summary>Bytes of memory.</summary>
    public const int Size = 256;

    /// <summary>How many wrong codes lock the card.</summary>
    public const int Tries = 3;

    /// <summary>The answer to reset of an SLE4442.</summary>
    public static readonly IReadOnlyList<byte> MemoryAtr = [0x3B, 0x04, 0xA2, 0x13, 0x10, 0x91];

    private const ushort Done = 0x9000;
    private static readonly byte[] s_cpuAtr = [0x3B, 0x62, 0x00, 0x00, (byte)'P', (byte)'M'];
    private readonly Lock _gate = new();
    private readonly string? _file;
    private readonly byte[] _memory;
    private byte[] _code;
    private int _triesLeft;
    private bool _powered;
    private bool _verified;
    private int? _bytesUntilTear;

    private VirtualMemoryCard(MemoryCardState state, string? file)
    {
        (Face, _memory, _code, _triesLeft, _file) = (state.Face, state.Memory, state.SecretCode, state.TriesLeft, file);
        Persist();
    }

    /// <summary>How it is spoken to.</summary>
    public MemoryCardFace Face { get; }

    /// <inheritdoc/>
    public byte[] Atr => Face == MemoryCardFace.Sle4442 ? [.. MemoryAtr] : s_cpuAtr;

    /// <summary>How many wrong codes are left before the card is locked.</summary>
    public int TriesLeft
    {
        get
        {
            lock (_gate)
            {
                return _triesLeft;
            }
        }
    }

    /// <summary>A card as the factory delivers it: all bytes FF, and the code FFFFFF.</summary>
    public static VirtualMemoryCard CreateBlank(MemoryCardFace face = MemoryCardFace.Sle4442, string? file = null)
    {
        var memory = new byte[Size];
        Array.Fill(memory, (byte)0xFF);
        return new(new(face, memory, [0xFF, 0xFF, 0xFF], Tries), file);
    }

    /// <summary>A card from the file that it was kept in.</summary>
    /// <exception cref="InvalidDataException">The file is no memory card.</exception>
    public static VirtualMemoryCard Load(string file)
    {
        var state = JsonSerializer.Deserialize<MemoryCardState>(File.ReadAllText(file));
        return state is { Memory.Length: Size, SecretCode.Length: 3 }
            ? new(state, file)
            : throw new InvalidDataException($"{file} is no memory card.");
    }

    /// <summary>A copy of the bytes.</summary>
    public byte[] Bytes()
    {
        lock (_gate)
        {
            return [.. _memory];
        }
    }

    /// <summary>A card with the same bytes and code, as a cheat would make one.</summary>
    public VirtualMemoryCard Copy()
    {
        lock (_gate)
        {
            return new(new(Face, [.. _memory], [.. _code], Tries), null);
        }
    }

    /// <summary>Changes a byte behind everybody's back, as damage does.</summary>
    public void Damage(int offset, byte value)
    {
        lock (_gate)
        {
            _memory[offset] = value;
            Persist();
        }
    }

    /// <summary>Lets the card be torn out after it has written this many more bytes; null takes it back.</summary>
    public void TearAfter(int? bytes)
    {
        lock (_gate)
        {
            _bytesUntilTear = bytes;
        }
    }

    /// <inheritdoc/>
    public byte[] PowerOn()
    {
        lock (_gate)
        {
            (_powered, _verified) = (true, false);
            return Atr;
        }
    }

    /// <inheritdoc/>
    public void PowerOff()
    {
        lock (_gate)
        {
            (_powered, _verified) = (false, false);
        }
    }

    /// <inheritdoc/>
    public byte[] Reset() => PowerOn();

    /// <inheritdoc/>
    public byte[] Transmit(ReadOnlySpan<byte> apdu)
    {
        lock (_gate)
        {
            if (!_powered)
            {
                throw new CardTornException();
            }

            var command = apdu.ToArray();
            return Face == MemoryCardFace.Sle4442 ? Pseudo(command) : Iso(command);
        }
    }

    /// <summary>Reads as a meter does, whose contacts need no commands.</summary>
    public byte[] Read(int offset, int length)
    {
        lock (_gate)
        {
            return _memory.AsSpan(offset, length).ToArray();
        }
    }

    /// <summary>Writes as a meter does; false when the card was torn out before the last byte.</summary>
    public bool Write(int offset, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            return Store(offset, bytes);
        }
    }

    private byte[] Pseudo(byte[] command) =>
        command switch
        {
            [0xFF, 0xA4, 0x00, 0x00, 0x01, 0x06] => Status(Done),
            [0xFF, 0xB0, 0x00, var offset, var length] => Answer(offset, length),
            [0xFF, 0xD0, 0x00, var offset, var length, .. var data] when data.Length == length => Update(offset, data),
            [0xFF, 0x20, 0x00, 0x00, 0x03, .. { Length: 3 } code] => Verify(code, iso: false),
            [0xFF, 0xD2, 0x00, 0x01, 0x03, .. { Length: 3 } code] => Change(code),
            _ => Status(0x6D00),
        };

    private byte[] Iso(byte[] command) =>
        command switch
        {
            [0x00, 0xA4, ..] => Status(Done),
            [0x00, 0xB0, 0x00, var offset, var length] => Answer(offset, length),
            [0x00, 0xD6, 0x00, var offset, var length, .. var data] when data.Length == length => Update(offset, data),
            [0x00, 0x20, 0x00, 0x00, 0x03, .. { Length: 3 } code] => Verify(code, iso: true),
            [0x00, 0x24, 0x01, 0x00, 0x03, .. { Length: 3 } code] => Change(code),
            _ => Status(0x6D00),
        };

    private byte[] Answer(int offset, int length) =>
        offset + length > Size ? Status(0x6B00) : [.. _memory.AsSpan(offset, length), 0x90, 0x00];

    private byte[] Update(int offset, byte[] data) =>
        !_verified ? Status(0x6982)
        : offset + data.Length > Size ? Status(0x6B00)
        : Store(offset, data) ? Status(Done)
        : [];

    private byte[] Verify(byte[] code, bool iso)
    {
        if (_triesLeft > 0)
        {
            _verified = code.AsSpan().SequenceEqual(_code);
            _triesLeft = _verified ? Tries : _triesLeft - 1;
            Persist();
        }

        if (iso)
        {
            return Status(
                _triesLeft == 0 ? (ushort)0x6983
                : _verified ? Done
                : (ushort)(0x63C0 | _triesLeft)
            );
        }

        // The counter as the chip keeps it: a bit for each try that is left.
        return [0x90, (byte)((1 << _triesLeft) - 1)];
    }

    private byte[] Change(byte[] code)
    {
        if (!_verified)
        {
            return Status(0x6982);
        }

        _code = code;
        Persist();
        return Status(Done);
    }

    private bool Store(int offset, ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (_bytesUntilTear == 0)
            {
                (_bytesUntilTear, _powered, _verified) = (null, false, false);
                Persist();
                return false;
            }

            _bytesUntilTear--;
            _memory[offset + i] = bytes[i];
        }

        Persist();
        return true;
    }

    private void Persist()
    {
        if (_file is not null)
        {
            ChipFile.Write(_file, JsonSerializer.Serialize(new MemoryCardState(Face, _memory, _code, _triesLeft)));
        }
    }

    private static byte[] Status(ushort status) => [(byte)(status >> 8), (byte)status];
}
