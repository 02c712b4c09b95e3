using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace Platform.Persistence.Dialects;

/// <summary>PostgreSQL 15 and later, at READ COMMITTED: row locks, and guards by version under them.</summary>
public sealed class PostgreSqlDialect : Dialect
{
    private static readonly string s_lockWait = string.Create(
        CultureInfo.InvariantCulture,
        $"-c lock_timeout={LockWait.TotalMilliseconds:0}"
    );

    private const string IdleInTransaction = "25P03";

    /// <summary>The same in every process, so that one waits for the other.</summary>
    private const long MigrationLock = 0x636F_756E_7465_7200;

    public override string Provider => "PostgreSql";

    public override int Writers => 2;

    public override void Configure(DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(Settings(connectionString).ConnectionString, Configure);

    public override void Configure(DbContextOptionsBuilder options, DbConnection connection) => options.UseNpgsql(connection, Configure);

    private void Configure(NpgsqlDbContextOptionsBuilder options) =>
        options.MigrationsAssembly("Platform.Migrations.PostgreSql").ExecutionStrategy(d => new ReadsAgain(d, this));

    /// <summary>A lock of the session: it ends with it, and the session with its process.</summary>
    protected override async Task<IAsyncDisposable> LockMigrations(AppDb db, TimeSpan longestWait)
    {
        await MakeDatabase(db);
        var settings = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync();
            await using var ask = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection);
            ask.Parameters.Add(new NpgsqlParameter<long> { TypedValue = MigrationLock });
            return await Patiently(longestWait, async () => await ask.ExecuteScalarAsync() is true ? connection : null)
                ?? throw MigrationLocked(
                    longestWait,
                    "Wait until its migration has ended, or end its session (pg_locks names it), then start again.",
                    "请等待其迁移结束，或终止其会话（见 pg_locks）后重新启动。"
                );
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    internal override string RaiseStamp =>
        """INSERT INTO stamps ("Name", "Version") VALUES ({0}, 1) ON CONFLICT ("Name") DO UPDATE SET "Version" = stamps."Version" + 1""";

    internal override DbConnection WriterConnection(string connectionString)
    {
        var settings = Settings(connectionString);
        // A writer asks by key and nothing else: plans are made once, and never from a table's size, which was zero when a new database was
        // first asked.
        settings.Options += " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off";
        settings.Pooling = false;
        return new NpgsqlConnection(settings.ConnectionString);
    }

    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.Options?.Contains("lock_timeout", StringComparison.Ordinal) != true)
        {
            settings.Options = $"{settings.Options} {s_lockWait}".Trim();
        }

        settings.MaxAutoPrepare = settings.MaxAutoPrepare == 0 ? 200 : settings.MaxAutoPrepare;
        // Nothing here changes a session: no temporary table, no setting, no session lock. Resetting one is seven statements for nothing.
        settings.NoResetOnClose = true;
        return settings;
    }

    protected override DatabaseFailure Classify(Exception exception) =>
        exception switch
        {
            PostgresException e => Classify(e.SqlState),
            // A bug of ours: two commands at once on one connection.
            NpgsqlOperationInProgressException => DatabaseFailure.None,
            // The way there: refused, broken off, timed out, no place in the pool; and a host's name that is not found.
            NpgsqlException or SocketException or TimeoutException => DatabaseFailure.Unavailable,
            _ => DatabaseFailure.None,
        };

    private static DatabaseFailure Classify(string state) =>
        state switch
        {
            PostgresErrorCodes.UniqueViolation => DatabaseFailure.Duplicate,
            PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => DatabaseFailure.Conflict,
            PostgresErrorCodes.LockNotAvailable => DatabaseFailure.LockTimeout,
            // Too slow; in recovery or handed over to another server; being restored under its name.
            PostgresErrorCodes.QueryCanceled
            or IdleInTransaction
            or PostgresErrorCodes.ReadOnlySqlTransaction
            or PostgresErrorCodes.InvalidCatalogName => DatabaseFailure.Unavailable,
            // Connection, resources (too many clients, disk, memory), operator's intervention (shutdown, starting up), the system (I/O).
            _ when state[..2] is "08" or "53" or "57" or "58" => DatabaseFailure.Unavailable,
            _ => DatabaseFailure.None,
        };

    public override bool Violates(Exception exception, string indexName, AppDb db) =>
        Database(exception) is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } e && e.ConstraintName == indexName;
}
