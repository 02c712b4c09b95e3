namespace Hardware.Simulators.Chip;

/// <summary>
/// What a test, a demonstration or a trainer can do to a chip. APDUs are counted from 1, from the moment <see cref="Arm"/> was called last
/// (or the chip was made); the number means "the n-th APDU from now". A hook fires once.
/// </summary>
public sealed class ChipHooks
{
    private const int InstructionsKept = 1_000;

    private readonly Dictionary<int, ushort> statusOverrides = [];
    private readonly List<byte> instructions = [];

    /// <summary>The chip loses power at this APDU, before it changes anything.</summary>
    public int? TearBeforeCommit { get; set; }

    /// <summary>The chip loses power at this APDU, after it has changed its memory and before it answers.</summary>
    public int? TearAfterCommit { get; set; }

    /// <summary>How long the chip thinks about every APDU.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Called with the number of each APDU before it is processed; a test blocks here to act in the middle of a command.</summary>
    public Action<int>? BeforeApdu { get; set; }

    /// <summary>How many APDUs the chip has seen since <see cref="Arm"/>.</summary>
    public int Count { get; private set; }

    /// <summary>The instruction bytes of the APDUs since <see cref="Arm"/>, at most 1,000.</summary>
    public IReadOnlyList<byte> Instructions => instructions;

    /// <summary>Starts counting at the next APDU and forgets what was armed before.</summary>
    public void Arm()
    {
        Count = 0;
        TearBeforeCommit = TearAfterCommit = null;
        statusOverrides.Clear();
        instructions.Clear();
    }

    /// <summary>The n-th APDU is not processed and answers this status word.</summary>
    public void OverrideStatus(int apdu, ushort status) => statusOverrides[apdu] = status;

    internal int Next(ReadOnlySpan<byte> apdu)
    {
        Count++;
        if (apdu.Length > 1 && instructions.Count < InstructionsKept)
        {
            instructions.Add(apdu[1]);
        }

        BeforeApdu?.Invoke(Count);
        if (Delay > TimeSpan.Zero)
        {
            Thread.Sleep(Delay);
        }

        return Count;
    }

    internal bool Tears(int apdu, bool afterCommit)
    {
        var armed = afterCommit ? TearAfterCommit : TearBeforeCommit;
        if (armed != apdu)
        {
            return false;
        }

        (TearBeforeCommit, TearAfterCommit) = (null, null);
        return true;
    }

    internal bool Overrides(int apdu, out ushort status) => statusOverrides.Remove(apdu, out status);
}
