using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Platform.Persistence.Dialects;

/// <summary>
/// The seam between the product and its three databases. Whatever SQL or error number belongs to one provider stands in a dialect and nowhere else.
/// </summary>
public abstract class Dialect
{
    /// <summary>
    /// A booking waits this long for another's locks; were there no limit, one forgotten transaction would hold a branch's counters.
    /// </summary>
    internal static readonly TimeSpan LockWait = TimeSpan.FromSeconds(3);

    /// <summary>
    /// While a batch that waited so long is taken apart to find the booking that is held up: the others have waited once and do not wait again.
    /// </summary>
    internal static readonly TimeSpan ShortLockWait = TimeSpan.FromMilliseconds(250);

    /// <summary>A start waits so long for another's migration, unless the setting <c>Database:MigrationLockWait</c> says otherwise.</summary>
    public static readonly TimeSpan MigrationLockWait = TimeSpan.FromSeconds(45);

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

    /// <summary>Does the database lock rows, so that one booking can be held up while others go on?</summary>
    internal virtual bool LocksRows => true;

    /// <summary>
    /// Brings the database to the schema of this build, alone: a second process waits for the first one, at most so long. What such a lock hangs on
    /// (a session, a file's lock) ends with its process, however that ends.
    /// </summary>
    public async Task Migrate(AppDb db, TimeSpan? longestWait = null)
    {
        ArgumentNullException.ThrowIfNull(db);
        await using var alone = await LockMigrations(db, longestWait ?? MigrationLockWait);
        await MigrateAlone(db);
    }

    protected virtual Task MigrateAlone(AppDb db) => db.Database.MigrateAsync();

    /// <summary>Takes the lock of those who migrate, or throws <see cref="StartRefusedException"/> when the wait is over.</summary>
    protected abstract Task<IAsyncDisposable> LockMigrations(AppDb db, TimeSpan longestWait);

    /// <summary>EF makes a missing database; a lock needs it before that.</summary>
    protected static async Task MakeDatabase(AppDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync())
        {
            return;
        }

        try
        {
            await creator.CreateAsync();
        }
        catch (DbException)
        {
            // Another process made it in the same moment, or nobody may.
            if (!await creator.ExistsAsync())
            {
                throw;
            }
        }
    }

    /// <summary>Asks again and again until it is granted; null when it never was.</summary>
    internal static async Task<T?> Patiently<T>(TimeSpan longestWait, Func<Task<T?>> ask)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(ask);
        var since = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (true)
        {
            if (await ask() is { } granted)
            {
                return granted;
            }

            if (TimeProvider.System.GetElapsedTime(since) >= longestWait)
            {
                return null;
            }

            await timer.WaitForNextTickAsync();
        }
    }

    internal static StartRefusedException MigrationLocked(TimeSpan waited, string whatToDo, string whatToDoZh)
    {
        var seconds = waited.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return new(
            $"Another process holds the database's migration lock for {seconds} s. {whatToDo} "
                + $"数据库迁移锁已被其他进程占用 {seconds} 秒。{whatToDoZh}"
        );
    }

    /// <summary>A writer's own connection, which is nobody else's and stays open.</summary>
    internal abstract DbConnection WriterConnection(string connectionString);

    /// <summary>The statement that raises the stamp {0}, making it where it is not there yet.</summary>
    internal abstract string RaiseStamp { get; }

    /// <summary>
    /// What a failure means: the one place that knows the providers' errors. They wrap what is passing in exceptions of EF's own, so all of the chain
    /// is looked at.
    /// </summary>
    public DatabaseFailure FailureOf(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is ProcessNumberLostException)
            {
                return DatabaseFailure.Unavailable;
            }

            if (Classify(e) is not DatabaseFailure.None and var failure)
            {
                return failure;
            }
        }

        return DatabaseFailure.None;
    }

    /// <summary>What one exception of a chain says, without those it wraps.</summary>
    protected abstract DatabaseFailure Classify(Exception exception);

    /// <summary>Did it take too long? Done again, it would take as long again.</summary>
    internal virtual bool IsTimeout(Exception exception) =>
        (exception ?? throw new ArgumentNullException(nameof(exception))).GetBaseException() is TimeoutException;

    /// <summary>Does the failure come from a unique index or primary key?</summary>
    public bool IsUniqueViolation(Exception exception) => FailureOf(exception) == DatabaseFailure.Duplicate;

    /// <summary>Would the same work succeed when done again (deadlock, serialization, busy)? Nothing of it was written.</summary>
    public bool IsTransient(Exception exception) => FailureOf(exception) is DatabaseFailure.Conflict or DatabaseFailure.LockTimeout;

    /// <summary>Was the database away, or too slow to answer in time?</summary>
    public bool IsUnavailable(Exception exception) => FailureOf(exception) == DatabaseFailure.Unavailable;

    /// <summary>Does the failure come from the database or from the way to it?</summary>
    public bool IsOfDatabase(Exception exception) => Database(exception) is not null || FailureOf(exception) != DatabaseFailure.None;

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
                $"Database:Provider is '{provider}'; set it to Sqlite, PostgreSql or SqlServer (environment: Database__Provider).",
                $"Database:Provider 的值“{provider}”无效，应为 Sqlite、PostgreSql 或 SqlServer（环境变量 Database__Provider）。"
            ),
        };
}
