using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.Idempotency;

namespace Platform.Persistence.Dialects;

/// <summary>SQLite, embedded: one writer at a time, so the transaction itself (begun immediate) is the lock.</summary>
public sealed class SqliteDialect : Dialect
{
    private const int PrimaryKey = 1555;
    private const int Unique = 2067;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int OutOfMemory = 7;
    private const int ReadOnlyFile = 8;
    private const int InputOutput = 10;
    private const int DiskFull = 13;
    private const int CannotOpen = 14;
    private const int Protocol = 15;

    /// <summary>Longer than a commit, and a checkpoint, on a slow disk.</summary>
    private static readonly TimeSpan s_writerWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(10);

    public override string Provider => "Sqlite";

    public override int Writers => 1;

    /// <summary>Whoever writes holds the whole file.</summary>
    internal override bool LocksRows => false;

    public override void Configure(DbContextOptionsBuilder options, string connectionString) =>
        options
            .UseSqlite(connectionString, Configure)
            .ReplaceService<IMigrationsSqlGenerator, SqliteMigrationsInOne>()
            .AddInterceptors(new Pragmas());

    public override void Configure(DbContextOptionsBuilder options, DbConnection connection) => options.UseSqlite(connection, Configure);

    private void Configure(SqliteDbContextOptionsBuilder options) =>
        options.MigrationsAssembly("Platform.Migrations.Sqlite").ExecutionStrategy(d => new ReadsAgain(d, this));

    /// <summary>With functions for the migrations that give idempotency records their ids: SQLite knows no SHA-256.</summary>
    protected override async Task MigrateAlone(AppDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        await db.Database.OpenConnectionAsync();
        try
        {
            var connection = (SqliteConnection)db.Database.GetDbConnection();
            connection.CreateFunction<long, string, string, long>("idempotency_id", IdempotencyRecord.IdBefore);
            connection.CreateFunction<long, string, long>("idempotency_id", IdempotencyRecord.IdOf);
            await base.MigrateAlone(db);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    protected override Task<IAsyncDisposable> LockMigrations(AppDb db, TimeSpan longestWait)
    {
        ArgumentNullException.ThrowIfNull(db);
        SqliteFile.MakePrivate(db.Database.GetConnectionString()!);
        return SqliteMigrationLock.Take((SqliteConnection)db.Database.GetDbConnection(), longestWait);
    }

    internal override string RaiseStamp =>
        """INSERT INTO stamps ("Name", "Version") VALUES ({0}, 1) ON CONFLICT ("Name") DO UPDATE SET "Version" = "Version" + 1""";

    internal override DbConnection WriterConnection(string connectionString)
    {
        // The driver tries a busy file again until its timeout is over: so long may somebody else hold the file before it is said to be held.
        var settings = new SqliteConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            DefaultTimeout = (int)s_writerWait.TotalSeconds,
        };
        var connection = new SqliteConnection(settings.ConnectionString);
        connection.Open();
        Pragmas.Apply(connection, s_writerWait);
        return connection;
    }

    protected override DatabaseFailure Classify(Exception exception) =>
        exception switch
        {
            SqliteException { SqliteExtendedErrorCode: PrimaryKey or Unique } => DatabaseFailure.Duplicate,
            SqliteException { SqliteErrorCode: Busy or Locked } => DatabaseFailure.LockTimeout,
            SqliteException { SqliteErrorCode: OutOfMemory or ReadOnlyFile or InputOutput or DiskFull or CannotOpen or Protocol } =>
                DatabaseFailure.Unavailable,
            _ => DatabaseFailure.None,
        };

    /// <summary>SQLite says <c>UNIQUE constraint failed: table.column, table.column</c>; the model knows which index that is.</summary>
    public override bool Violates(Exception exception, string indexName, AppDb db)
    {
        if (!IsUniqueViolation(exception))
        {
            return false;
        }

        var message = Innermost(exception).Message;
        return db
            .Model.GetEntityTypes()
            .SelectMany(t => t.GetIndexes())
            .Where(i => i.GetDatabaseName() == indexName)
            .Any(i =>
                message.Contains(
                    string.Join(", ", i.Properties.Select(p => $"{i.DeclaringEntityType.GetTableName()}.{p.GetColumnName()}")),
                    StringComparison.Ordinal
                )
            );
    }

    /// <summary>Readers beside the writer (WAL), each commit on disk (FULL), and a short native wait instead of the driver's 150 ms steps.</summary>
    private sealed class Pragmas : DbConnectionInterceptor
    {
        private const string ForWriting = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";

        /// <summary>EF looks whether the file exists by a read-only connection, which may not turn a file restored from a copy into WAL.</summary>
        private static string TextFor(DbConnection connection, TimeSpan wait)
        {
            var readOnly = new SqliteConnectionStringBuilder(connection.ConnectionString).Mode == SqliteOpenMode.ReadOnly;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA foreign_keys=ON; PRAGMA busy_timeout={wait.TotalMilliseconds:0}; {(readOnly ? "" : ForWriting)}"
            );
        }

        public static void Apply(DbConnection connection, TimeSpan wait)
        {
            using var command = connection.CreateCommand();
            command.CommandText = TextFor(connection, wait);
            command.ExecuteNonQuery();
        }

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            TellSooner(connection);
            Apply(connection, s_wait);
        }

        public override async Task ConnectionOpenedAsync(
            DbConnection connection,
            ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            TellSooner(connection);
            await using var command = connection.CreateCommand();
            command.CommandText = TextFor(connection, s_wait);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        /// <summary>The driver tries a busy file again for thirty seconds; a caller is told sooner.</summary>
        private static void TellSooner(DbConnection connection) => ((SqliteConnection)connection).DefaultTimeout = (int)s_wait.TotalSeconds;
    }
}
