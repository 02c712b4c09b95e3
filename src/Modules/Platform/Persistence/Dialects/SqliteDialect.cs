using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Platform.Persistence.Dialects;

/// <summary>SQLite, embedded: one writer at a time, so the transaction itself (begun immediate) is the lock.</summary>
public sealed class SqliteDialect : Dialect
{
    private const int PrimaryKey = 1555;
    private const int Unique = 2067;
    private const int Busy = 5;
    private const int Locked = 6;

    public override string Provider => "Sqlite";

    public override int Writers => 1;

    public override void Configure(DbContextOptionsBuilder options, string connectionString) =>
        options.UseSqlite(connectionString, o => o.MigrationsAssembly("Platform.Migrations.Sqlite")).AddInterceptors(new Pragmas());

    private const int MostParameters = 32_766;

    private static readonly ParameterBatchTexts s_texts = new(
        Days: (branches, _) => $"""SELECT "BranchId", "BusinessDate", "Version" FROM branch_days WHERE "BranchId" IN ({branches})""",
        Accounts: keys =>
            $"""
                WITH k(kind, owner) AS (VALUES {keys}) SELECT a."Kind", a."Owner", a."Balance", a."Version"
                FROM k JOIN accounts a ON a."Kind" = k.kind AND a."Owner" = k.owner
                """,
        Keys: keys =>
            $"""
                SELECT "Id", "CallerId", "Operation", "Key", "RequestHash", "Status", "Location", "Body", "CreatedAt"
                FROM idempotency_records WHERE "Id" IN ({keys})
                """,
        Stamps: names => $"""SELECT "Name", "Version" FROM stamps WHERE "Name" IN ({names})""",
        Versions: (table, key, ids) => $"""SELECT "{key}", "Version" FROM {table} WHERE "{key}" IN ({ids})""",
        Move: rows =>
            $"""
                WITH v(kind, owner, balance, version, read) AS (VALUES {rows}) UPDATE accounts SET "Balance" = v.balance, "Version" = v.version FROM v
                WHERE accounts."Kind" = v.kind AND accounts."Owner" = v.owner AND accounts."Version" = v.read
                """,
        InsertInto: set =>
            $"INSERT INTO {set.Table} ({string.Join(",", Enumerable.Range(0, set.Columns).Select(c => $"\"{set.Name(c)}\""))})"
    );

    public override void Configure(DbContextOptionsBuilder options, DbConnection connection) =>
        options.UseSqlite(connection, o => o.MigrationsAssembly("Platform.Migrations.Sqlite"));

    /// <summary>With a function for the migration that gives idempotency records their ids: SQLite knows no SHA-256.</summary>
    public override async Task Migrate(AppDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        await db.Database.OpenConnectionAsync();
        try
        {
            ((SqliteConnection)db.Database.GetDbConnection()).CreateFunction<long, string, string, long>(
                "idempotency_id",
                IdempotencyRecord.IdOf
            );
            await base.Migrate(db);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    internal override string RaiseStamp =>
        """INSERT INTO stamps ("Name", "Version") VALUES ({0}, 1) ON CONFLICT ("Name") DO UPDATE SET "Version" = "Version" + 1""";

    internal override BatchConnection OpenWriter(string connectionString)
    {
        var settings = new SqliteConnectionStringBuilder(connectionString) { Pooling = false };
        var connection = new SqliteConnection(settings.ConnectionString);
        connection.Open();
        Pragmas.Apply(connection);
        return new ParameterBatch(connection, s_texts, MostParameters, mostRows: 1);
    }

    public override bool IsUniqueViolation(Exception exception) =>
        Database(exception) is SqliteException { SqliteExtendedErrorCode: PrimaryKey or Unique };

    public override bool IsTransient(Exception exception) => Database(exception) is SqliteException { SqliteErrorCode: Busy or Locked };

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
        private const string ReadOnly = "PRAGMA foreign_keys=ON; PRAGMA busy_timeout=10000;";
        private const string Text = $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {ReadOnly}";

        /// <summary>EF looks whether the file exists by a read-only connection, which may not turn a file restored from a copy into WAL.</summary>
        private static string TextFor(DbConnection connection) =>
            new SqliteConnectionStringBuilder(connection.ConnectionString).Mode == SqliteOpenMode.ReadOnly ? ReadOnly : Text;

        public static void Apply(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = TextFor(connection);
            command.ExecuteNonQuery();
        }

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

        public override async Task ConnectionOpenedAsync(
            DbConnection connection,
            ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            await using var command = connection.CreateCommand();
            command.CommandText = TextFor(connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
