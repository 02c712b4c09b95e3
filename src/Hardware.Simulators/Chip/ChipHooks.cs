namespace Hardware.Simulators.Chip;

/// <summary>
/// What a test, a demonstration or a trainer can do to a chip. APDUs are counted from 1, from the moment <see cref="Arm"/> was called last
/// (or the chip was made); the number means "the n-th APDU from now". A hook fires once.
/// </summary>
public sealed class ChipHooks
{
    private readonly Dictionary<int, ushort> statusOverrides = [];

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

    /// <summary>Starts counting at the next APDU and forgets what was armed before.</summary>
    public void Arm()
    {
        Count = 0;
        TearBeforeCommit = TearAfterCommit = null;
        statusOverrides.Clear();
    }

    /// <summary>The n-th APDU is not processed and answers this status word.</summary>
    public void OverrideStatus(int apdu, ushort status) => statusOverrides[apdu] = status;

    internal int Next()
    {
        Count++;
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
