using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Platform.Persistence.Dialects;

namespace Platform.Ledger.Batches;

/// <summary>
/// What a writer of bookings works with: its own connection, opened when first needed and anew after a failure, and a context on it for
/// rows that EF writes.
/// </summary>
internal sealed class WriterContext(
    Dialect dialect,
    DbContextOptions<AppDb> options,
    IDbContextFactory<AppDb> contexts,
    string connectionString
) : IDisposable
{
    private BatchConnection? _connection;
    private DbContextOptions<AppDb>? _own;
    private IModel? _model;

    public Dialect Dialect => dialect;

    public IDbContextFactory<AppDb> Contexts => contexts;

    /// <summary>Is there a connection from an earlier batch? It may have been lost since then.</summary>
    public bool HasConnection => _connection is not null;

    public BatchConnection Connection
    {
        get
        {
            if (_connection is { Native.State: not ConnectionState.Open })
            {
                Dispose();
            }

            return _connection ??= BatchConnection.Open(dialect, connectionString);
        }
    }

    public IModel Model => _model ??= ReadModel();

    /// <summary>A context on the writer's connection and in its transaction. Whoever opens it disposes of it; the connection stays.</summary>
    public AppDb Open(DbTransaction transaction)
    {
        if (_own is null)
        {
            var builder = new DbContextOptionsBuilder<AppDb>(options);
            dialect.Configure(builder, Connection.Native);
            _own = builder.Options;
        }

        var db = new AppDb(_own);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        db.Database.UseTransaction(transaction);
        return db;
    }

    /// <summary>
    /// What the failure means. Throws the connection away, unless the failure is one that leaves it whole: nobody knows what state another left it
    /// in.
    /// </summary>
    public DatabaseFailure Failed(Exception failure)
    {
        var meaning = dialect.FailureOf(failure);
        if (
            failure is CommitUnknownException
            || (failure is not DbUpdateConcurrencyException && meaning is DatabaseFailure.None or DatabaseFailure.Unavailable)
        )
        {
            Dispose();
        }

        return meaning;
    }

    public void Dispose()
    {
        var connection = _connection;
        (_connection, _own) = (null, null);
        try
        {
            connection?.Dispose();
        }
#pragma warning disable CA1031 // it is broken already, and another one is opened
        catch (Exception)
#pragma warning restore CA1031
        {
            // Nothing of it is used again.
        }
    }

    private IModel ReadModel()
    {
        using var db = contexts.CreateDbContext();
        return db.Model;
    }
}
