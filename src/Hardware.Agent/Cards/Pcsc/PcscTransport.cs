using System.Collections.Concurrent;

namespace Hardware.Agent.Cards.Pcsc;

/// <summary>
/// The readers of the machine's PC/SC service. One thread waits in the service for readers and cards to come and go; when the service is
/// lost it establishes a new context, with growing pauses, until the service is back.
/// </summary>
internal sealed class PcscTransport : ICardTransport, IDisposable
{
    private readonly ConcurrentDictionary<string, PcscReader> _readers = new(StringComparer.Ordinal);
    private readonly ChangeSignal _changes = new();
    private readonly IPcscNames _names;
    private readonly PcscMonitor _monitor;
    private readonly TimeSpan _limit;
    private IReadOnlyList<string> _order = [];
    private CardException? _trouble;

    public PcscTransport(AgentSettings settings, ILogger<PcscTransport> log)
    {
        _limit = settings.Watchdog;
        _names = OperatingSystem.IsWindows() ? new Winscard() : new PcscLite();
        _monitor = new PcscMonitor(_names, See, Lose, log);
        _monitor.Start(_limit);
    }

    public CardException? Trouble => Volatile.Read(ref _trouble);

    public IReadOnlyList<ReaderStatus> Readers() => [.. Volatile.Read(ref _order).Select(Find).OfType<ICardReader>().Select(r => r.Status)];

    public ICardReader? Find(string name) => _readers.GetValueOrDefault(name);

    public Task<IReadOnlyList<ReaderStatus>> WaitForChange(IReadOnlyList<ReaderStatus> known, CancellationToken cancellationToken) =>
        _changes.Wait(Readers, known, cancellationToken);

    /// <summary>Does not wait for a pause between two attempts: somebody is at the counter.</summary>
    public void LookAgain() => _monitor.Hurry();

    public void Dispose() => _monitor.Dispose();

    private void See(IReadOnlyList<ReaderStatus> seen)
    {
        foreach (var status in seen)
        {
            _readers.GetOrAdd(status.Name, n => new PcscReader(_names, n, _limit, _changes.Raise)).See(status);
        }

        Volatile.Write(ref _order, [.. seen.Select(s => s.Name)]);
        foreach (var gone in _readers.Keys.Except(_order))
        {
            _readers.TryRemove(gone, out _);
        }

        Volatile.Write(ref _trouble, null);
        _changes.Raise();
    }

    private void Lose(CardException why)
    {
        Volatile.Write(ref _trouble, why);
        Volatile.Write(ref _order, []);
        _readers.Clear();
        _changes.Raise();
    }
}
