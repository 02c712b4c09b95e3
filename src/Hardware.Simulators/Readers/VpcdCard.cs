using System.Net.Sockets;
using Hardware.Simulators.Chip;

namespace Hardware.Simulators.Readers;

/// <summary>
/// A hand with a virtual chip at a virtual reader of the real PC/SC service (vsmartcard's vpcd: the service listens on one port per slot, the
/// card connects and answers). Programs that use the service see a reader and a card as any other. Safe to call from several threads.
/// </summary>
/// <param name="host">Where the service runs; this machine as a rule.</param>
/// <param name="port">The slot's port: 35963 the first, 35964 the second.</param>
public sealed class VpcdCard(string host, int port) : IAsyncDisposable
{
    /// <summary>The port of the first virtual reader as Debian configures it.</summary>
    public const int FirstPort = 35963;

    private readonly Lock gate = new();
    private readonly ArrangedFault fault = new();
    private VpcdSession? session;

    /// <summary>Whether a card is in the reader.</summary>
    public bool IsInserted => Current() is not null;

    /// <summary>Whether the card is in the middle of a command that it does not answer.</summary>
    public bool IsSilent => Current() is { IsSilent: true };

    /// <summary>Called after the card has gone by itself: torn out, or the service ended.</summary>
    public Action? Gone { get; set; }

    /// <summary>Puts a chip in. The service looks for cards a few times a second, so programs see it a moment later.</summary>
    /// <exception cref="SocketException">No service listens there.</exception>
    /// <exception cref="InvalidOperationException">There is a card in the reader already.</exception>
    public async Task Insert(IVirtualCard chip, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chip);
        if (Current() is { Ended.IsCompleted: false })
        {
            throw new InvalidOperationException("The virtual reader has a card.");
        }

        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(host, port, cancellationToken);
        }
        catch
        {
            client.Dispose();
            throw;
        }

        var inserted = new VpcdSession(client, chip, Next);
        lock (gate)
        {
            session = inserted;
        }

        _ = Watch(inserted);
    }

    /// <summary>Pulls the card out at once, whatever it is doing; false if there was none.</summary>
    public async Task<bool> Remove()
    {
        VpcdSession? removed;
        lock (gate)
        {
            (removed, session) = (session, null);
        }

        if (removed is not null)
        {
            await removed.DisposeAsync();
        }

        return removed is not null;
    }

    /// <summary>Out and in again: the card loses power and whatever was under way.</summary>
    public async Task Replug(CancellationToken cancellationToken = default)
    {
        if (Current() is { } inserted)
        {
            await Remove();
            await Insert(inserted.Chip, cancellationToken);
        }
    }

    /// <summary>Lets something go wrong at the n-th command from now, 1 the next; 0 takes it back.</summary>
    public void Arrange(CardFaultKind kind, int atCommand)
    {
        lock (gate)
        {
            fault.Arrange(kind, atCommand);
        }
    }

    public async ValueTask DisposeAsync() => await Remove();

    private CardFaultKind? Next()
    {
        lock (gate)
        {
            return fault.Next();
        }
    }

    private VpcdSession? Current()
    {
        lock (gate)
        {
            return session;
        }
    }

    private async Task Watch(VpcdSession inserted)
    {
        await inserted.Ended;
        bool wentByItself;
        lock (gate)
        {
            wentByItself = session == inserted;
            session = wentByItself ? null : session;
        }

        await inserted.DisposeAsync();
        if (wentByItself)
        {
            Gone?.Invoke();
        }
    }
}
