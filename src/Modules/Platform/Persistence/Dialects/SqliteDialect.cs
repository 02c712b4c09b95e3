using System.Data.Common;
using System.Globalization;
using System.Text;
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

    public override Task<List<Account>> LockAccounts(AppDb db, IReadOnlyList<AccountRef> accounts, CancellationToken ct)
    {
        var parameters = new List<SqliteParameter>(accounts.Count * 2);
        var values = new StringBuilder();
        for (var i = 0; i < accounts.Count; i++)
        {
            values.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}(@k{i},@o{i})");
            parameters.Add(new SqliteParameter($"@k{i}", (short)accounts[i].Kind));
            parameters.Add(new SqliteParameter($"@o{i}", accounts[i].Owner));
        }

        return db.Set<Account>()
            .FromSqlRaw(
                $"""
                WITH k(kind, owner) AS (VALUES {values}) SELECT a.* FROM k JOIN accounts a ON a."Kind" = k.kind AND a."Owner" = k.owner
                ORDER BY a."Kind", a."Owner"
                """,
                [.. parameters]
            )
            .AsTracking()
            .ToListAsync(ct);
    }

    public override Task<List<BranchDay>> HoldDays(AppDb db, IReadOnlyList<long> branches, bool exclusive, CancellationToken ct) =>
        db.Set<BranchDay>().Where(d => branches.Contains(d.BranchId)).OrderBy(d => d.BranchId).AsTracking().ToListAsync(ct);

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

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = TextFor(connection);
            command.ExecuteNonQuery();
        }

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
