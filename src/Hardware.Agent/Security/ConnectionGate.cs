using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Hardware.Agent.Security;

/// <summary>
/// Keeps the agent reachable when a program on this machine opens connections and says nothing: when there are too many, the oldest one that
/// carries no request of an open session ends. All clients have the same address here, so what a connection does is all there is to tell them
/// apart.
/// </summary>
internal sealed class ConnectionGate
{
    internal const int Most = 100;
    private const string Kept = "hardware-agent:kept";

    private readonly Lock _gate = new();
    private readonly LinkedList<ConnectionContext> _open = new();

    internal async Task Run(ConnectionContext connection, ConnectionDelegate next)
    {
        var place = Enter(connection);
        try
        {
            await next(connection);
        }
        finally
        {
            lock (_gate)
            {
                if (place.List is not null)
                {
                    _open.Remove(place);
                }
            }
        }
    }

    /// <summary>While a request of an open session runs, its connection is not ended for another's sake.</summary>
    internal static async Task Keep(HttpContext context, RequestDelegate next)
    {
        var items = context.Features.Get<IConnectionItemsFeature>()?.Items;
        if (items is null)
        {
            await next(context);
            return;
        }

        lock (items)
        {
            items[Kept] = true;
        }

        try
        {
            await next(context);
        }
        finally
        {
            lock (items)
            {
                items.Remove(Kept);
            }
        }
    }

    private LinkedListNode<ConnectionContext> Enter(ConnectionContext connection)
    {
        ConnectionContext? ended = null;
        LinkedListNode<ConnectionContext> place;
        lock (_gate)
        {
            place = _open.AddLast(connection);
            if (_open.Count > Most && _open.FirstOrDefault(c => !IsKept(c)) is { } oldest)
            {
                _open.Remove(oldest);
                ended = oldest;
            }
        }

        ended?.Abort(
            new ConnectionAbortedException("There are too many connections, and this one carried no request of a session for the longest.")
        );
        return place;
    }

    private static bool IsKept(ConnectionContext connection)
    {
        lock (connection.Items)
        {
            return connection.Items.ContainsKey(Kept);
        }
    }
}
