using System.Collections.Concurrent;
using System.Diagnostics;
using Api.Tests.Harness;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Api.Tests.Access;

/// <summary>Collects the SQL that reaches one host's own database, told apart from other hosts' by the connection.</summary>
internal sealed class CommandCount : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string _connection;
    private readonly string _about;
    private readonly ConcurrentQueue<string> _commands = new();
    private readonly List<IDisposable> _subscriptions = [];

    /// <param name="about">A word that the commands of interest contain; empty for those of signing in and its tables.</param>
    public CommandCount(TestHost host, string about)
    {
        _connection =
            new System.Data.Common.DbConnectionStringBuilder { ConnectionString = host.ConnectionString } is var b
            && b.TryGetValue("Database", out var name)
                ? name.ToString()!
                : b["Data Source"].ToString()!;
        _about = about;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>Repeats something until its commands are seen: EF remembers for a second that nobody listens.</summary>
    public async Task Hear(Func<Task> something)
    {
        for (var i = 0; i < 1_000; i++)
        {
            await something();
            if (Take().Count > 0)
            {
                return;
            }
        }

        Assert.Fail("No command was heard.");
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
            && (
                _about.Length == 0
                    ? IsSignIn(data.Command.CommandText)
                    : data.Command.CommandText.Contains(_about, StringComparison.Ordinal)
            )
        )
        {
            _commands.Enqueue(data.Command.CommandText);
        }
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose() => _subscriptions.ForEach(s => s.Dispose());

    private const string DbLoggerCategory = "Microsoft.EntityFrameworkCore";

    private static bool IsSignIn(string sql) =>
        new[] { "credentials", "operators", "system_parameters", "INSERT INTO audit_records", "INSERT INTO \"audit_records\"" }.Any(t =>
            sql.Contains(t, StringComparison.Ordinal)
        );
}
