using System.Security.Cryptography;
using Hardware.Simulators.Chip.Commands;

namespace Hardware.Simulators.Chip;

/// <summary>
/// A PBOC purse card in software, for tests, demonstration and training: a master file and two applications (money and points) as an
/// issuer profile describes them. It changes its memory only in whole steps and can be torn out before or after each of them. The chip's own
/// serial number is 8 bytes in a file of the master file that everybody can read (<see cref="IssuerProfile.ChipSerialFile"/>).
/// Safe to call from several threads.
/// </summary>
public sealed class VirtualChip : Readers.IVirtualCard
{
    private readonly Lock gate = new();
    private readonly ChipState state;
    private readonly ChipOptions options;
    private ChipSession? session;

    private VirtualChip(ChipState state, ChipOptions? options)
    {
        this.state = state;
        this.options = options ?? new();
    }

    /// <summary>What can be done to the chip from outside.</summary>
    public ChipHooks Hooks { get; } = new();

    /// <summary>The chip's own serial number: 16 hex digits.</summary>
    public string ChipSerial => Convert.ToHexString(state.ChipSerial);

    /// <summary>Whether the chip has power.</summary>
    public bool IsPowered => session is not null;

    /// <summary>
    /// Answer to reset: for T=0 <c>3B 6A 00 00</c>, for T=1 <c>3B 8A 01</c>, then ten historical bytes, "FC" and the chip's serial number, and for
    /// T=1 their check byte.
    /// </summary>
    public byte[] Atr => options.TransmissionProtocol1 ? Atr1 : [0x3B, 0x6A, 0x00, 0x00, .. Historical];

    private byte[] Historical => [(byte)'F', (byte)'C', .. state.ChipSerial];

    private byte[] Atr1
    {
        get
        {
            byte[] beforeCheck = [0x8A, 0x01, .. Historical];
            return [0x3B, .. beforeCheck, beforeCheck.Aggregate((check, b) => (byte)(check ^ b))];
        }
    }

    /// <summary>
    /// Makes a blank card: formatted with the profile's files, every key the transport key, EF15 all zero, no PIN. It has no power yet.
    /// </summary>
    public static VirtualChip CreateBlank(IssuerProfile profile, ChipOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var serial = options?.ChipSerial is { } given ? Convert.FromHexString(given) : RandomNumberGenerator.GetBytes(8);
        if (serial.Length != 8)
        {
            throw new ArgumentException("A chip serial number has 8 bytes.", nameof(options));
        }

        var chip = new VirtualChip(ChipState.Blank(profile, serial), options);
        chip.Persist();
        return chip;
    }

    /// <summary>Reads a chip from the file that <see cref="Save"/> or <see cref="ChipOptions.File"/> wrote. It has no power yet.</summary>
    public static VirtualChip Load(string path, ChipOptions? options = null) =>
        new(ChipState.Parse(System.IO.File.ReadAllText(path)), options);

    /// <summary>Writes the chip's memory to a file, whole or not at all.</summary>
    public void Save(string path)
    {
        lock (gate)
        {
            ChipFile.Write(path, state.ToJson());
        }
    }

    /// <summary>Gives the chip power and its answer to reset; RAM starts empty.</summary>
    public byte[] PowerOn()
    {
        lock (gate)
        {
            session = new();
            return Atr;
        }
    }

    /// <summary>Takes the power away, and with it PIN, authentication and an initialised transaction.</summary>
    public void PowerOff()
    {
        lock (gate)
        {
            session = null;
        }
    }

    /// <summary>Power off and on again.</summary>
    public byte[] Reset() => PowerOn();

    /// <summary>
    /// Runs one command APDU. The answer ends with the status word; it is empty when the card was torn in the middle of it, as a reader
    /// reports it.
    /// </summary>
    /// <exception cref="CardTornException">The chip had no power.</exception>
    public byte[] Transmit(ReadOnlySpan<byte> apdu)
    {
        var number = Hooks.Next(apdu);
        lock (gate)
        {
            var powered = session ?? throw new CardTornException();
            if (Hooks.Tears(number, afterCommit: false))
            {
                session = null;
                return [];
            }

            if (Hooks.Overrides(number, out var status))
            {
                return ((Answer)status).Encode();
            }

            var answer = ChipCommands.Run(new(state, powered, options), apdu);
            if (answer.Commit is not null)
            {
                answer.Commit();
                Persist();
            }

            if (Hooks.Tears(number, afterCommit: true))
            {
                session = null;
                return [];
            }

            return answer.Encode();
        }
    }

    private void Persist()
    {
        if (options.File is { } path)
        {
            ChipFile.Write(path, state.ToJson());
        }
    }
}
