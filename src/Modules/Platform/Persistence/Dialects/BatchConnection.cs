using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Platform.Persistence.Dialects;

/// <summary>
/// A writer's connection: asks and writes a batch in the provider's own way. One writer, one thread, one connection; blocking calls, since waiting is all
/// that the thread is for, and a thread that waits on its own socket is woken in one step.
/// </summary>
internal abstract class BatchConnection(DbConnection connection) : IDisposable
{
    public DbConnection Native => connection;

    public DbTransaction Begin() => connection.BeginTransaction(IsolationLevel.ReadCommitted);

    /// <summary>
    /// Asks all that a batch must know, in this order: the branches' days, held against day-end (or alone, for it); the accounts, locked for writing; then,
    /// now that whoever held them has committed, the known keys, the stamps and the rows' versions.
    /// </summary>
    public abstract BatchReads Read(DbTransaction transaction, BatchWants wants);

    /// <summary>Writes the platform's rows of a batch, set by set. Throws when an account's version is not the one that was read.</summary>
    public void Write(DbTransaction transaction, BatchRows rows)
    {
        var written = WriteRows(transaction, rows);
        if (written != rows.Moved.Count)
        {
            // The lock and this guard each suffice, and neither is trusted alone.
            throw new DbUpdateConcurrencyException($"{rows.Moved.Count} accounts were moved under a lock; {written} had the version that was read.");
        }
    }

    /// <summary>Gives the number of accounts whose new balance was written.</summary>
    protected abstract int WriteRows(DbTransaction transaction, BatchRows rows);

    /// <summary>Reads a stored answer: caller, operation, key, hash, status, location, body, instant.</summary>
    protected static IdempotencyRecord Record(DbDataReader row) =>
        new()
        {
            CallerId = row.GetInt64(0),
            Operation = row.GetString(1),
            Key = row.GetString(2),
            RequestHash = row.GetFieldValue<byte[]>(3),
            Status = row.GetInt32(4),
            Location = row.IsDBNull(5) ? null : row.GetString(5),
            Body = row.GetFieldValue<byte[]>(6),
            CreatedAt = row.GetDateTime(7),
        };

    public virtual void Dispose() => connection.Dispose();
}
