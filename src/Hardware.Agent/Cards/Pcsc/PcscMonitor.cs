using System.Runtime.InteropServices;

namespace Hardware.Agent.Cards.Pcsc;

/// <summary>The thread that waits for readers and cards to come and go, and for a lost service to come back.</summary>
internal sealed class PcscMonitor(IPcscNames names, Action<IReadOnlyList<ReaderStatus>> see, Action<CardException> lose, ILogger log)
    : IDisposable
{
    private const string PlugAndPlay = @"\\?PnP?\Notification";

    private const uint Changed = 0x0002;
    private const uint Present = 0x0020;
    private const uint Exclusive = 0x0080;
    private const uint Mute = 0x0200;

    /// <summary>
    /// A reader that comes between the list and the wait is seen at the next change. A look a minute bounds how long that can take.
    /// </summary>
    private const uint LongestWaitMilliseconds = 60_000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly ManualResetEventSlim _looked = new();
    private readonly AutoResetEvent _hurry = new(initialState: false);
    private readonly Lock _gate = new();
    private Thread? _thread;
    private nint _context;
    private volatile bool _stopping;

    /// <summary>Returns when the readers were seen once, or the service was found missing, or after the limit.</summary>
    internal void Start(TimeSpan limit)
    {
        _thread = new Thread(Watch) { Name = "card readers", IsBackground = true };
        _thread.Start();
        _looked.Wait(limit);
    }

    internal void Hurry() => _hurry.Set();

    public void Dispose()
    {
        _stopping = true;
        _hurry.Set();
        // The wait may begin in the moment after it was cancelled; so until the thread has ended.
        while (_thread is { IsAlive: true } thread)
        {
            lock (_gate)
            {
                if (_context != 0)
                {
                    _ = PcscLibrary.Cancel(_context);
                }
            }

            thread.Join(TimeSpan.FromMilliseconds(20));
        }

        _looked.Dispose();
        _hurry.Dispose();
    }

    private void Watch()
    {
        var pause = FirstPause;
        while (!_stopping)
        {
            try
            {
                Hold(PcscThread.Establish());
                WatchReaders(() => pause = FirstPause);
            }
            catch (CardException e)
            {
                if (pause == FirstPause)
                {
                    log.LogWarning("The card readers' service is not there: {Reason}", e.Message);
                }

                lose(e);
            }

            LetGo();
            _looked.Set();
            if (!_stopping)
            {
                _hurry.WaitOne(pause);
                pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
            }
        }
    }

    private void WatchReaders(Action seen)
    {
        List<WatchedReader> readers = [];
        var listed = false;
        while (!_stopping)
        {
            if (!listed)
            {
                var before = readers;
                readers = List(before);
                if (before.Count > 0 && before.Select(r => r.Name).SequenceEqual(readers.Select(r => r.Name)))
                {
                    // A service that tells of new readers where there are none must not keep this thread busy.
                    _hurry.WaitOne(FirstPause);
                }
            }

            listed = Wait(readers, listed ? LongestWaitMilliseconds : 0);
            see([.. readers.Skip(1).Select(Status)]);
            seen();
            _looked.Set();
        }
    }

    /// <summary>The readers there are, after the pseudo reader that tells of new ones; what is known of the old ones is kept.</summary>
    private List<WatchedReader> List(List<WatchedReader> known)
    {
        var code = names.ListReaders(_context, out var found);
        if (code is not (PcscCode.Success or PcscCode.NoReaders))
        {
            throw PcscCode.Failure("SCardListReaders", code);
        }

        // The count in the high word is what newer services compare; older ones count for themselves.
        var news = new WatchedReader(PlugAndPlay) { Known = (uint)found.Count << 16 };
        return [news, .. found.Select(n => known.Find(k => k.Name == n) ?? new WatchedReader(n))];
    }

    /// <summary>Waits for a change; false when the readers must be listed anew.</summary>
    private bool Wait(List<WatchedReader> readers, uint milliseconds)
    {
        var code = names.GetStatusChange(_context, milliseconds, readers);
        switch (code)
        {
            case PcscCode.Success:
                foreach (var reader in readers.Skip(1))
                {
                    reader.Known = reader.State & ~Changed;
                }

                return (readers[0].State & Changed) == 0;
            case PcscCode.Timeout:
                // The first look, without a wait: all is as it was. Or a minute has passed, and a new list does no harm.
                return milliseconds == 0;
            case PcscCode.Cancelled when _stopping:
            case PcscCode.UnknownReader or PcscCode.ReaderUnavailable:
                return false;
            default:
                throw PcscCode.Failure("SCardGetStatusChange", code);
        }
    }

    private static ReaderStatus Status(WatchedReader reader)
    {
        var state = reader.Known & 0xFFFF;
        if ((state & Present) == 0)
        {
            return new(reader.Name, ReaderState.Empty, null);
        }

        var now =
            (state & Mute) != 0 ? ReaderState.NotResponding
            : (state & Exclusive) != 0 ? ReaderState.InUse
            : ReaderState.Card;
        // Two events for each card that goes and comes: so the high word tells a card that was changed between two looks.
        return new(reader.Name, now, reader.Atr.Length > 0 ? Convert.ToHexString(reader.Atr) : null) { Insertion = reader.Known >> 16 };
    }

    private void Hold(nint context)
    {
        lock (_gate)
        {
            _context = context;
        }
    }

    private void LetGo()
    {
        lock (_gate)
        {
            if (_context != 0)
            {
                _ = PcscLibrary.ReleaseContext(_context);
                _context = 0;
            }
        }
    }
}
