namespace Platform.Ledger;

/// <summary>
/// Bookings that wait for a writer, at most <paramref name="limit"/>. A writer that is free starts at once when nothing is under way. While one
/// writes, the bookings that come gather for its next batch: one transaction of thirty costs far less than two of fifteen. Another writer steps in
/// when a full batch has gathered, or when the first is held up, by somebody else's lock for example.
/// </summary>
internal sealed class BookingQueue(int limit)
{
    private readonly object _gate = new();
    private readonly Queue<PendingBooking> _waiting = new();
    private int _underWay;
    private bool _closed;
    private volatile Refusal? _trouble;

    /// <summary>How long a batch may run before a second writer takes what is waiting.</summary>
    private static readonly TimeSpan s_heldUp = TimeSpan.FromMilliseconds(25);

    /// <summary>
    /// Why bookings are not written just now, where it is not that there are too many: the database is away, or somebody holds it. Null again with
    /// the next batch that is written.
    /// </summary>
    public Refusal? Trouble
    {
        get => _trouble;
        set => _trouble = value;
    }

    private bool MayStart => _waiting.Count > 0 && (_underWay == 0 || _closed || _waiting.Count >= Books.BatchLimit);

    /// <summary>False when the queue is full or closed.</summary>
    public bool TryAdd(PendingBooking booking)
    {
        lock (_gate)
        {
            if (_closed || _waiting.Count >= limit)
            {
                return false;
            }

            _waiting.Enqueue(booking);
            // The first behind a batch wakes a writer as well: it looks whether that batch is held up.
            if (MayStart || _waiting.Count == 1)
            {
                Monitor.Pulse(_gate);
            }

            return true;
        }
    }

    /// <summary>Waits until there is something to write, and takes as much as <paramref name="fits"/> lets in. False at the end.</summary>
    public bool Take(List<PendingBooking> batch, Func<PendingBooking, bool> fits)
    {
        lock (_gate)
        {
            while (!MayStart)
            {
                if (_closed)
                {
                    return false;
                }

                if (_waiting.Count == 0)
                {
                    Monitor.Wait(_gate);
                }
                else if (!Monitor.Wait(_gate, s_heldUp) && _waiting.Count > 0)
                {
                    break;
                }
            }

            while (_waiting.TryPeek(out var next) && fits(next))
            {
                batch.Add(_waiting.Dequeue());
            }

            _underWay += batch.Count;
            return true;
        }
    }

    /// <summary>So many bookings of a batch have ended, one way or the other.</summary>
    public void Done(int bookings)
    {
        lock (_gate)
        {
            _underWay -= bookings;
            if (MayStart)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Takes no more; what waits is still written.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
