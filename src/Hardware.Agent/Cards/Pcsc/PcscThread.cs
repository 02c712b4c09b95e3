using System.Runtime.InteropServices;

namespace Hardware.Agent.Cards.Pcsc;

/// <summary>
/// A thread with a PC/SC context of its own, on which calls are made one after another. PC/SC calls block, and one that hangs (a card that
/// never answers) cannot be taken back: then the thread is left behind with its context, which it gives back when the call returns at
/// last, and the caller goes on with a new one.
/// </summary>
internal sealed class PcscThread
{
    private const int ScopeSystem = 2;

    private readonly Queue<Action> _calls = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CardException? _failure;
    private nint _context;
    private bool _ending;

    internal PcscThread(string name) => new Thread(Live) { Name = name, IsBackground = true }.Start();

    /// <summary>Completes when the thread has given its context back, however late; never fails.</summary>
    internal Task Ended => _ended.Task;

    /// <summary>Makes a call on the thread, with its context; the task fails with what the call throws, or when there is no service.</summary>
    internal Task<T> Run<T>(Func<nint, T> call)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_calls)
        {
            if (_ending)
            {
                return Task.FromException<T>(new CardException(CardFault.NoAnswer, "The card's reader was given up."));
            }

            _calls.Enqueue(() => Make(call, done));
            Monitor.Pulse(_calls);
        }

        return done.Task;
    }

    /// <summary>No more calls: the thread ends after those that are there.</summary>
    internal void End()
    {
        lock (_calls)
        {
            _ending = true;
            Monitor.Pulse(_calls);
        }
    }

    /// <summary>Asks the service to end a call that hangs. Not every call can be ended so; the thread is given up either way.</summary>
    internal void GiveUp()
    {
        End();
        lock (_ended)
        {
            // Under the lock: the context is not given back, and its number not given to somebody else, while it is cancelled here.
            if (_context != 0)
            {
                _ = PcscLibrary.Cancel(_context);
            }
        }
    }

    /// <exception cref="CardException">The service cannot be reached.</exception>
    internal static nint Establish()
    {
        try
        {
            var code = (uint)PcscLibrary.EstablishContext(new CULong(ScopeSystem), 0, 0, out var context).Value;
            return code == PcscCode.Success ? context : throw PcscCode.Failure("SCardEstablishContext", code);
        }
        catch (DllNotFoundException e)
        {
            throw new CardException(CardFault.ServiceMissing, $"{PcscLibrary.FileName} is not installed.", e);
        }
    }

    private void Make<T>(Func<nint, T> call, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(_failure is { } failure ? throw new CardException(failure.Fault, failure.Message, failure) : call(_context));
        }
        catch (Exception e)
        {
            done.SetException(e);
        }
    }

    private void Live()
    {
        try
        {
            _context = Establish();
        }
        catch (CardException e)
        {
            _failure = e;
        }

        while (Next() is { } call)
        {
            call();
        }

        lock (_ended)
        {
            if (_context != 0)
            {
                _ = PcscLibrary.ReleaseContext(_context);
                _context = 0;
            }
        }

        _ended.SetResult();
    }

    private Action? Next()
    {
        lock (_calls)
        {
            while (_calls.Count == 0)
            {
                if (_ending)
                {
                    return null;
                }

                Monitor.Wait(_calls);
            }

            return _calls.Dequeue();
        }
    }
}
