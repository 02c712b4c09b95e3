namespace Platform;

/// <summary>
/// Bookings that wait for a writer, at most <paramref name="limit"/>. A writer that is free starts at once when nothing is under way; while another writes,
/// it waits until at least as much has gathered as is under way: two writers then take turns with even batches, where each would otherwise run off with the
/// first booking it sees and leave the rest. It never waits longer than the other writes, and there is no clock in it.
/// </summary>
internal sealed class BookingQueue(int limit)
{
    private readonly object _gate = new();
    private readonly Queue<PendingBooking> _waiting = new();
    private int _underWay;
    private bool _closed;

    private bool MayStart => _waiting.Count > 0 && (_closed || _waiting.Count >= _underWay);

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
            Wake();
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

                Monitor.Wait(_gate);
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
            Wake();
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

    private void Wake()
    {
        if (MayStart)
        {
            Monitor.Pulse(_gate);
        }
    }
}
