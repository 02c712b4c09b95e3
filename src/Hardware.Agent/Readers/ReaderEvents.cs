using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Hardware.Agent.Cards;
using Hardware.Agent.Problems;
using Hardware.Agent.Security;

namespace Hardware.Agent.Readers;

/// <summary>An event at the readers.</summary>
/// <param name="Reader">The reader it happened at; null in the first event and in heartbeats.</param>
/// <param name="Readers">All readers with their current states; only in the first event.</param>
/// <param name="At">When.</param>
public sealed record ReaderEvent(CardReader? Reader, IReadOnlyList<CardReader>? Readers, DateTimeOffset At);

/// <summary>Watches the readers and hands their changes to every open event stream.</summary>
internal sealed class ReaderEvents(ICardTransport transport, AgentSettings settings, TimeProvider clock, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    internal const int MostStreams = 16;
    private const int MostWaiting = 64;

    private readonly Lock _gate = new();
    private readonly HashSet<Channel<SseItem<ReaderEvent>>> _streams = [];

    /// <summary>A new stream, or null when there are too many. It ends when its page may not go on: at the next event or heartbeat.</summary>
    internal IAsyncEnumerable<SseItem<ReaderEvent>>? Subscribe(Func<bool> mayGoOn, CancellationToken cancellationToken)
    {
        // A page that does not read falls behind and loses its stream; it opens a new one, whose first event has everything.
        var stream = Channel.CreateBounded<SseItem<ReaderEvent>>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
        lock (_gate)
        {
            if (_streams.Count >= MostStreams)
            {
                return null;
            }

            var now = transport.Readers().Select(ReaderEndpoints.View).ToList();
            stream.Writer.TryWrite(Item("readers", null, now));
            _streams.Add(stream);
        }

        return Read(stream, mayGoOn, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var known = transport.Readers();
        while (!stoppingToken.IsCancellationRequested)
        {
            IReadOnlyList<ReaderStatus> now;
            try
            {
                now = await transport.WaitForChange(known, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            foreach (var (name, status) in ReaderChanges.Between(known, now))
            {
                Publish(Item(name, ReaderEndpoints.View(status), null));
            }

            known = now;
        }
    }

    private void Publish(SseItem<ReaderEvent> item)
    {
        lock (_gate)
        {
            foreach (var stream in _streams.Where(s => !s.Writer.TryWrite(item)))
            {
                stream.Writer.TryComplete();
            }
        }
    }

    private async IAsyncEnumerable<SseItem<ReaderEvent>> Read(
        Channel<SseItem<ReaderEvent>> stream,
        Func<bool> mayGoOn,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            while (await Next(stream.Reader, end.Token) is { } item && mayGoOn())
            {
                yield return item;
            }
        }
        finally
        {
            lock (_gate)
            {
                _streams.Remove(stream);
            }
        }
    }

    /// <summary>The next event, a heartbeat when there was none for a while, or null at the end.</summary>
    private async Task<SseItem<ReaderEvent>?> Next(ChannelReader<SseItem<ReaderEvent>> reader, CancellationToken end)
    {
        using var beat = new CancellationTokenSource(TimeSpan.FromSeconds(settings.HeartbeatSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end, beat.Token);
        try
        {
            return await reader.WaitToReadAsync(either.Token) && reader.TryRead(out var item) ? item : null;
        }
        catch (OperationCanceledException)
        {
            return end.IsCancellationRequested ? null : Item("heartbeat", null, null);
        }
    }

    private SseItem<ReaderEvent> Item(string name, CardReader? reader, IReadOnlyList<CardReader>? readers) =>
        new(new ReaderEvent(reader, readers, clock.GetUtcNow()), name);
}

/// <summary>Names what differs between two looks at the readers.</summary>
internal static class ReaderChanges
{
    internal static IEnumerable<(string Event, ReaderStatus Reader)> Between(
        IReadOnlyList<ReaderStatus> before,
        IReadOnlyList<ReaderStatus> now
    )
    {
        foreach (var reader in now)
        {
            var old = before.FirstOrDefault(r => r.Name == reader.Name);
            if (old is null)
            {
                yield return ("reader-added", reader);
            }

            var had = old is { State: not ReaderState.Empty };
            var has = reader.State != ReaderState.Empty;
            if (had && has && old is not null && old.Insertion != reader.Insertion)
            {
                yield return ("card-removed", old with { State = ReaderState.Empty, Atr = null });
                yield return ("card-inserted", reader);
            }
            else if (had != has)
            {
                yield return (has ? "card-inserted" : "card-removed", reader);
            }
            else if (old is not null && old != reader)
            {
                yield return ("reader-changed", reader);
            }
        }

        foreach (var gone in before.Where(b => now.All(r => r.Name != b.Name)))
        {
            yield return ("reader-removed", gone);
        }
    }
}

internal static class EventEndpoints
{
    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/events",
                IResult (ReaderEvents events, BrowserSessions sessions, HttpRequest request, CancellationToken cancellationToken) =>
                    events.Subscribe(() => SessionGuard.HasSession(request, sessions), cancellationToken) is { } stream
                        ? TypedResults.ServerSentEvents(stream)
                        : Refusals.TooManyStreams
            )
            .WithName("StreamEvents")
            .WithTags("Readers")
            .WithSummary("Follow readers and cards")
            .WithDescription(
                "Server-sent events: readers (all readers, first), card-inserted, card-removed, reader-added, reader-removed, "
                    + "reader-changed and heartbeat. At most 16 streams. The agent ends a stream that is not read, or whose "
                    + "session has ended."
            )
            .Produces<ReaderEvent>(200, "text/event-stream")
            .Produces<AgentProblem>(429, "application/problem+json");
}
