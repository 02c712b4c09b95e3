using System.Buffers;

namespace Api.LogLines;

/// <summary>
/// Writes lines to a stream on a thread of its own, many at once: a request must not wait for whoever reads the log, and a write for each line costs
/// more than making it. What waits is bounded: beyond that, writers wait until there is room, for a line that is dropped finds no problem.
/// </summary>
internal sealed class LineWriter : IDisposable
{
    private const int MostBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_longestEnd = TimeSpan.FromSeconds(5);

    private readonly Stream _target;
    private readonly object _gate = new();
    private readonly ManualResetEventSlim _ending = new();
    private readonly Thread _thread;
    private ArrayBufferWriter<byte> _gathered = new(64 * 1024);
    private ArrayBufferWriter<byte> _written = new(64 * 1024);
    private bool _ended;

    public LineWriter(Stream target)
    {
        _target = target;
        _thread = new Thread(Run) { IsBackground = true, Name = "Log lines" };
        _thread.Start();
    }

    /// <summary>Takes a line; it is written within some 20 ms.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            while (_gathered.WrittenCount > MostBytes && !_ended)
            {
                Monitor.Wait(_gate);
            }

            var first = _gathered.WrittenCount == 0;
            _gathered.Write(line);
            if (first)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Ends when all that was taken is written, or cannot be.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }

        _ending.Set();
        _thread.Join(s_longestEnd);
    }

    private void Run()
    {
        while (Gather())
        {
            try
            {
                _target.Write(_written.WrittenSpan);
                _target.Flush();
            }
            catch (IOException)
            {
                // Nobody reads any more; the API's work is not to stop for that.
            }

            _written.ResetWrittenCount();
            _ending.Wait(s_gather);
        }
    }

    /// <summary>Waits for lines and takes all that are there; false when none will come.</summary>
    private bool Gather()
    {
        lock (_gate)
        {
            while (_gathered.WrittenCount == 0 && !_ended)
            {
                Monitor.Wait(_gate);
            }

            (_gathered, _written) = (_written, _gathered);
            Monitor.PulseAll(_gate);
            return _written.WrittenCount > 0;
        }
    }
}
