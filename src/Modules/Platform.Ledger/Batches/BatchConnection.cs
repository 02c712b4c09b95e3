using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Idempotency;
using Platform.Persistence.Dialects;

namespace Platform.Ledger.Batches;

/// <summary>
/// A writer's connection: asks and writes a batch in the provider's own way. One writer, one thread, one connection; blocking calls, since waiting is
/// all that the thread is for, and a thread that waits on its own socket is woken in one step.
/// </summary>
internal abstract class BatchConnection(DbConnection connection) : IDisposable
{
    private TimeSpan _lockWait = Dialect.LockWait;

    public DbConnection Native => connection;

    /// <summary>Opens a writer's own connection, which asks and writes in the provider's own way.</summary>
    public static BatchConnection Open(Dialect dialect, string connectionString) =>
        dialect.WriterConnection(connectionString) is var connection && dialect is PostgreSqlDialect
            ? new PostgreSqlBatch((NpgsqlConnection)connection)
        : dialect is SqlServerDialect ? SqlServerBatch.On(connection)
        : SqliteBatch.On(connection);

    /// <summary>From now on a statement waits so long for a lock. Says it to the server only where that changes something.</summary>
    public void WaitForLocks(TimeSpan longest)
    {
        if (longest != _lockWait)
        {
            SetLockWait(longest);
            _lockWait = longest;
        }
    }

    protected abstract void SetLockWait(TimeSpan longest);

    protected void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public DbTransaction Begin() => connection.BeginTransaction(IsolationLevel.ReadCommitted);

    /// <summary>
    /// Asks all that a batch must know, in this order: the branches' days, held against day-end (or alone, for it); the accounts, locked for writing;
    /// then, now that whoever held them has committed, the known keys, the stamps and the rows' versions.
    /// </summary>
    public abstract BatchReads Read(DbTransaction transaction, BatchWants wants);

    /// <summary>
    /// Writes the platform's rows of a batch, set by set, and commits. Throws when an account's version is not the one that was read, and
    /// <see cref="CommitUnknownException"/> when nobody knows whether the commit was done.
    /// </summary>
    public abstract void WriteAndCommit(DbTransaction transaction, BatchRows rows);

    /// <summary>The lock and the guard by version each suffice, and neither is trusted alone.</summary>
    protected static DbUpdateConcurrencyException Overtaken() =>
        new("An account that was moved under a lock had not the version that was read.");

    /// <summary>Reads a stored answer: id, caller, operation, key, hash, status, location, body, instant.</summary>
    protected static IdempotencyRecord Record(DbDataReader row) =>
        new()
        {
            Id = row.GetInt64(0),
            CallerId = row.GetInt64(1),
            Operation = row.GetString(2),
            Key = row.GetString(3),
            RequestHash = row.GetFieldValue<byte[]>(4),
            Status = row.GetInt32(5),
            Location = row.IsDBNull(6) ? null : row.GetString(6),
            Body = row.GetFieldValue<byte[]>(7),
            CreatedAt = row.GetDateTime(8),
        };

    public virtual void Dispose() => connection.Dispose();
}
