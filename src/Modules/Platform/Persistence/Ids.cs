namespace Platform.Persistence;

/// <summary>
/// 64-bit, time-ordered ids given by the application: 41 bits of milliseconds since 2026-01-01 UTC, 10 bits of process node, 12 bits of sequence.
/// Inserts go in batches with nothing to read back, on every provider, and newer rows sort after older ones.
/// </summary>
public static class Ids
{
    public const int Nodes = 1024;
    private const int SequenceBits = 12;
    private const int NodeBits = 10;
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static TimeProvider s_clock = TimeProvider.System;
    private static long s_node = -1;
    private static long s_last;

    /// <summary>The instant an id was given at, to the millisecond.</summary>
    public static DateTimeOffset TimeOf(long id) => Epoch.AddMilliseconds(id >> (SequenceBits + NodeBits));

    /// <summary>The smallest id that could be given at an instant: ids below it are older.</summary>
    public static long At(DateTimeOffset instant) => (long)(instant - Epoch).TotalMilliseconds << (SequenceBits + NodeBits);

    /// <summary>May ids be given just now?</summary>
    public static bool HasNode => Volatile.Read(ref s_node) >= 0;

    /// <summary>The next id. Throws before <see cref="Use"/>: two processes with one node number would give the same ids.</summary>
    public static long Next()
    {
        var node = Volatile.Read(ref s_node);
        if (node < 0)
        {
            throw new ProcessNumberLostException();
        }

        // The last value holds time and sequence in one number; when a millisecond is used up, or the clock went back, it simply runs on.
        while (true)
        {
            var last = Volatile.Read(ref s_last);
            var now = (long)(s_clock.GetUtcNow() - Epoch).TotalMilliseconds << SequenceBits;
            var next = Math.Max(last + 1, now);
            if (Interlocked.CompareExchange(ref s_last, next, last) == last)
            {
                return ((next >> SequenceBits) << (SequenceBits + NodeBits)) | (node << SequenceBits) | (next & ((1 << SequenceBits) - 1));
            }
        }
    }

    /// <summary>Takes the node number of this process (0 to 1023); see <see cref="ProcessNodes"/>.</summary>
    public static void Use(int node, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(node);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(node, Nodes);
        s_clock = clock;
        Volatile.Write(ref s_node, node);
    }

    /// <summary>Gives no more ids until <see cref="Use"/>: another process may be given this one's number.</summary>
    internal static void Rest() => Volatile.Write(ref s_node, -1);
}

/// <summary>
/// The database was away for so long that another process may have this one's number by now. Ids are given again when a number is claimed anew.
/// </summary>
public sealed class ProcessNumberLostException() : Exception("The process has no number: the database was away, and it claims a new one.");
