using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Platform.Persistence.Dialects;

/// <summary>SQL Server 2019 and later, at READ COMMITTED with or without snapshots: lock hints, and guards by version under them.</summary>
public sealed class SqlServerDialect : Dialect
{
    private const int UniqueIndex = 2601;
    private const int UniqueConstraint = 2627;
    private const int DeadlockVictim = 1205;
    private const int LockTimeout = 1222;
    private const int CommandTimeout = -2;

    public override string Provider => "SqlServer";

    public override int Writers => 2;

    public override void Configure(DbContextOptionsBuilder options, string connectionString) =>
        options.UseSqlServer(connectionString, o => o.MigrationsAssembly("Platform.Migrations.SqlServer"));

    /// <summary>The server takes 2,100 parameters, some of which the driver uses for itself.</summary>
    private const int MostParameters = 2_000;

    /// <summary>The limit of a VALUES list is 1,000.</summary>
    private const int MostRows = 500;

    private static readonly ParameterBatchTexts s_texts = new(
        Days: (branches, alone) =>
            $"""
                SELECT [BranchId], [BusinessDate], [Version] FROM branch_days WITH ({(
                    alone ? "UPDLOCK, ROWLOCK, HOLDLOCK" : "ROWLOCK, REPEATABLEREAD"
                )})
                WHERE [BranchId] IN ({branches}) ORDER BY [BranchId]
                """,
        Accounts: keys =>
            $"""
                SELECT a.[Kind], a.[Owner], a.[Balance], a.[Version] FROM accounts a WITH (UPDLOCK, ROWLOCK)
                JOIN (VALUES {keys}) AS k(kind, owner) ON a.[Kind] = k.kind AND a.[Owner] = k.owner ORDER BY a.[Kind], a.[Owner]
                """,
        Keys: keys =>
            $"""
                SELECT [Id], [CallerId], [Operation], [Key], [RequestHash], [Status], [Location], [Body], [CreatedAt]
                FROM idempotency_records WHERE [Id] IN ({keys})
                """,
        Stamps: names => $"SELECT [Name], [Version] FROM stamps WHERE [Name] IN ({names})",
        Versions: (table, key, ids) => $"SELECT [{key}], [Version] FROM {table} WHERE [{key}] IN ({ids})",
        Move: rows =>
            $"""
                UPDATE a SET [Balance] = v.balance, [Version] = v.version FROM accounts a
                JOIN (VALUES {rows}) AS v(kind, owner, balance, version, read_version)
                ON a.[Kind] = v.kind AND a.[Owner] = v.owner AND a.[Version] = v.read_version
                """,
        InsertInto: set => $"INSERT INTO {set.Table} ({string.Join(",", Enumerable.Range(0, set.Columns).Select(c => $"[{set.Name(c)}]"))})"
    );

    public override void Configure(DbContextOptionsBuilder options, DbConnection connection) =>
        options.UseSqlServer(connection, o => o.MigrationsAssembly("Platform.Migrations.SqlServer"));

    internal override string RaiseStamp =>
        """
            UPDATE stamps WITH (UPDLOCK, HOLDLOCK) SET [Version] = [Version] + 1 WHERE [Name] = {0};
            IF @@ROWCOUNT = 0 INSERT INTO stamps ([Name], [Version]) VALUES ({0}, 1);
            """;

    internal override BatchConnection OpenWriter(string connectionString)
    {
        var settings = new SqlConnectionStringBuilder(connectionString) { Pooling = false };
        var connection = new SqlConnection(settings.ConnectionString);
        connection.Open();
        return new ParameterBatch(connection, s_texts, MostParameters, MostRows);
    }

    public override bool IsUniqueViolation(Exception exception) =>
        Database(exception) is SqlException { Number: UniqueIndex or UniqueConstraint };

    public override bool IsTransient(Exception exception) =>
        Database(exception) is SqlException { Number: DeadlockVictim or LockTimeout or CommandTimeout };

    public override bool IsLockTimeout(Exception exception) =>
        Database(exception) is SqlException { Number: LockTimeout or CommandTimeout };
}
