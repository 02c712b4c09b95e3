using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Platform.Persistence.Dialects;

/// <summary>
/// The seam between the product and its three databases. Whatever SQL or error number belongs to one provider stands in a dialect and nowhere else.
/// </summary>
public abstract class Dialect
{
    /// <summary>The value of <c>Database:Provider</c> that chooses this dialect.</summary>
    public abstract string Provider { get; }

    /// <summary>
    /// How many writers there are. SQLite has one writer by nature; on servers a second one helps out when a full batch waits or the first is held
    /// up. Setting <c>Books:Writers</c>.
    /// </summary>
    public abstract int Writers { get; }

    public abstract void Configure(DbContextOptionsBuilder options, string connectionString);

    /// <summary>Uses a connection that is open already, for the rows that a writer leaves to EF.</summary>
    public abstract void Configure(DbContextOptionsBuilder options, DbConnection connection);

    /// <summary>Brings the database to the schema of this build.</summary>
    public virtual Task Migrate(AppDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Database.MigrateAsync();
    }

    /// <summary>Opens a writer's own connection, which is nobody else's and stays open.</summary>
    internal abstract BatchConnection OpenWriter(string connectionString);

    /// <summary>The statement that raises the stamp {0}, making it where it is not there yet.</summary>
    internal abstract string RaiseStamp { get; }

    /// <summary>Does the failure come from a unique index or primary key?</summary>
    public abstract bool IsUniqueViolation(Exception exception);

    /// <summary>Would the same work succeed when done again (deadlock, serialization, busy)?</summary>
    public abstract bool IsTransient(Exception exception);

    /// <summary>
    /// Did the work wait for a lock as long as it may? One booking of a batch may be at fault, and the others need not wait for it again.
    /// </summary>
    public virtual bool IsLockTimeout(Exception exception) => false;

    /// <summary>Does the failure come from the database or from the way to it? Providers wrap what is passing in an exception of EF's own.</summary>
    public static bool IsOfDatabase(Exception exception) => Database(exception) is not null;

    /// <summary>Was the database away, or too slow to answer in time?</summary>
    public static bool IsUnavailable(Exception exception) =>
        Database(exception) is { IsTransient: true } or { InnerException: TimeoutException };

    /// <summary>Was the unique violation on this index? Providers name the index, but SQLite, which names the columns.</summary>
    public virtual bool Violates(Exception exception, string indexName, AppDb db) =>
        IsUniqueViolation(exception) && Innermost(exception).Message.Contains(indexName, StringComparison.Ordinal);

    protected static DbException? Database(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is DbException found)
            {
                return found;
            }
        }

        return null;
    }

    protected static Exception Innermost(Exception exception) => Database(exception) ?? exception.GetBaseException();

    public static Dialect For(string provider) =>
        provider switch
        {
            "Sqlite" => new SqliteDialect(),
            "PostgreSql" => new PostgreSqlDialect(),
            "SqlServer" => new SqlServerDialect(),
            _ => throw new StartRefusedException(
                $"Database:Provider is '{provider}'; set it to Sqlite, PostgreSql or SqlServer (environment: Database__Provider)."
            ),
        };
}
