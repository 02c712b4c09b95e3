using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Platform.Persistence.Dialects;

/// <summary>SQL Server 2019 and later, at READ COMMITTED with or without snapshots: lock hints, and guards by version under them.</summary>
public sealed class SqlServerDialect : Dialect
{
    public override string Provider => "SqlServer";

    public override int Writers => 2;

    /// <summary>The server takes 2,100 parameters, some of which the driver uses for itself.</summary>
    private const int MostParameters = 2_000;

    /// <summary>The limit of a VALUES list is 1,000.</summary>
    private const int MostRows = 512;

    /// <summary>
    /// Keys drive, in their order, and each finds its row by a seek: a scan, or a hash of the table, would lock rows of other bookings, and in
    /// another order.
    /// </summary>
    private const string ByKey = "OPTION (FORCE ORDER, LOOP JOIN, MAXDOP 1)";

    internal static readonly ParameterBatchTexts Texts = new(
        // Bookings share the day; day-end has it exclusively. An update lock (U) would let bookings in, since it goes together with a shared one.
        Days: (branches, alone) =>
            $"""
                SELECT [BranchId], [BusinessDate], [Version] FROM branch_days WITH ({(
                    alone ? "XLOCK, ROWLOCK, HOLDLOCK, FORCESEEK" : "REPEATABLEREAD, ROWLOCK, FORCESEEK"
                )})
                WHERE [BranchId] IN ({branches}) ORDER BY [BranchId]
                """,
        Accounts: keys =>
            $"""
                SELECT a.[Kind], a.[Owner], a.[Balance], a.[Version] FROM (VALUES {keys}) AS k(kind, owner)
                INNER LOOP JOIN accounts AS a WITH (UPDLOCK, ROWLOCK, FORCESEEK) ON a.[Kind] = k.kind AND a.[Owner] = k.owner
                ORDER BY a.[Kind], a.[Owner] {ByKey}
                """,
        Keys: keys =>
            $"""
                SELECT [Id], [CallerId], [Operation], [Key], [RequestHash], [Status], [Location], [Body], [CreatedAt]
                FROM idempotency_records WITH (FORCESEEK) WHERE [Id] IN ({keys})
                """,
        Stamps: names => $"SELECT [Name], [Version] FROM stamps WITH (FORCESEEK) WHERE [Name] IN ({names})",
        Versions: (table, key, ids) => $"SELECT [{key}], [Version] FROM {table} WITH (FORCESEEK) WHERE [{key}] IN ({ids})",
        Move: rows =>
            $"""
                UPDATE a SET [Balance] = v.balance, [Version] = v.version
                FROM (VALUES {rows}) AS v(number, kind, owner, balance, version, read_version)
                INNER LOOP JOIN accounts AS a WITH (ROWLOCK, FORCESEEK)
                ON a.[Kind] = v.kind AND a.[Owner] = v.owner AND a.[Version] = v.read_version
                WHERE v.number <= @rows {ByKey}
                """,
        Insert: (set, rows) =>
        {
            var names = string.Join(",", set.Names().Select(c => $"[{c}]"));
            return $"INSERT INTO {set.Table} ({names}) SELECT {names} FROM (VALUES {rows}) AS v(number,{names}) WHERE v.number <= @rows";
        },
        KeepsPlans: true,
        LockWait: longest => string.Create(CultureInfo.InvariantCulture, $"SET LOCK_TIMEOUT {longest.TotalMilliseconds:0}")
    );

    /// <summary>What a writer's session is told once. Rows are counted even where the server's own options say not to.</summary>
    internal static string SessionText { get; } = $"{Texts.LockWait!(LockWait)}; SET NOCOUNT OFF";

    public override void Configure(DbContextOptionsBuilder options, string connectionString) =>
        Configure(options.UseSqlServer(connectionString, Configure));

    public override void Configure(DbContextOptionsBuilder options, DbConnection connection) =>
        Configure(options.UseSqlServer(connection, Configure));

    private void Configure(SqlServerDbContextOptionsBuilder options) =>
        options.MigrationsAssembly("Platform.Migrations.SqlServer").ExecutionStrategy(d => new ReadsAgain(d, this));

    private static void Configure(DbContextOptionsBuilder options) =>
        options.ReplaceService<IModelCustomizer, SqlServerModel>().ReplaceService<IMigrationsSqlGenerator, SqlServerMigrations>();

    internal override string RaiseStamp =>
        """
            UPDATE stamps WITH (UPDLOCK, HOLDLOCK, ROWLOCK) SET [Version] = [Version] + 1 WHERE [Name] = {0};
            IF @@ROWCOUNT = 0 INSERT INTO stamps ([Name], [Version]) VALUES ({0}, 1);
            """;

    internal override BatchConnection OpenWriter(string connectionString)
    {
        var settings = new SqlConnectionStringBuilder(connectionString) { Pooling = false };
        var connection = new SqlConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            using var command = new SqlCommand(SessionText, connection);
            command.ExecuteNonQuery();
            return Batch(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal static BatchConnection Batch(DbConnection connection) => new ParameterBatch(connection, Texts, MostParameters, MostRows);

    /// <summary>A lock of the session: it ends with it, and the session with its process.</summary>
    protected override async Task<IAsyncDisposable> LockMigrations(AppDb db, TimeSpan longestWait)
    {
        await MakeDatabase(db);
        var settings = new SqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false };
        var connection = new SqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync();
            await using var ask = new SqlCommand(MigrationLockText, connection);
            ask.Parameters.Add(new SqlParameter("@wait", SqlDbType.Int) { Value = (int)longestWait.TotalMilliseconds });
            ask.CommandTimeout = (int)longestWait.TotalSeconds + 15;
            return await ask.ExecuteScalarAsync() is >= 0
                ? connection
                : throw MigrationLocked(
                    longestWait,
                    "Wait until its migration has ended, or end its session (sys.dm_tran_locks names it), then start again.",
                    "请等待其迁移结束，或终止其会话（见 sys.dm_tran_locks）后重新启动。"
                );
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    internal const string MigrationLockText = """
        DECLARE @result int;
        EXEC @result = sp_getapplock @Resource = N'counter-migration', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = @wait;
        SELECT @result;
        """;

    internal override bool IsTimeout(Exception exception) => SqlServerErrors.IsTimeout(Database(exception)) || base.IsTimeout(exception);

    protected override DatabaseFailure Classify(Exception exception) => SqlServerErrors.FailureOf(exception);
}
