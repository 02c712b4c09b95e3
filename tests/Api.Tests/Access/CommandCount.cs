using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Api.Tests.Access;

/// <summary>Collects the SQL that reaches one host's own database, told apart from other hosts' by the connection.</summary>
internal sealed class CommandCount : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly ConcurrentQueue<string> _commands = new();
    private readonly List<IDisposable> _subscriptions = [];
    private string? _connection;
    private string[] _tables = [];

    /// <summary>Listens from before the host starts: EF remembers for a while that nobody listened.</summary>
    public CommandCount() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>From now on collects this host's commands that name one of these tables.</summary>
    public void Watch(TestHost host, params string[] tables)
    {
        var settings = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = host.ConnectionString };
        _tables = tables;
        _connection = (settings.TryGetValue("Database", out var name) ? name : settings["Data Source"]).ToString();
    }

    public List<string> Take()
    {
        var taken = new List<string>();
        while (_commands.TryDequeue(out var command))
        {
            taken.Add(command);
        }

        return taken;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory)
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (
            value.Value is CommandEventData data
            && value.Key == RelationalEventId.CommandExecuting.Name
            && data.Command.Connection is { } connection
            && (connection.Database == _connection || connection.DataSource == _connection)
            && Array.Exists(_tables, t => data.Command.CommandText.Contains(t, StringComparison.Ordinal))
        )
        {
            _commands.Enqueue(data.Command.CommandText);
        }
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose() => _subscriptions.ForEach(s => s.Dispose());

    private const string DbLoggerCategory = "Microsoft.EntityFrameworkCore";
}
