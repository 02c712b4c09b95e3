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

    /// <summary>What a writer's session is told once. Rows are counted even where the server's own options say not to.</summary>
    internal static string SessionText { get; } = $"{LockWaitText(LockWait)}; SET NOCOUNT OFF";

    /// <summary>The statement after which a session waits so long for a lock.</summary>
    internal static string LockWaitText(TimeSpan longest) =>
        string.Create(CultureInfo.InvariantCulture, $"SET LOCK_TIMEOUT {longest.TotalMilliseconds:0}");

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

    internal override DbConnection WriterConnection(string connectionString)
    {
        var settings = new SqlConnectionStringBuilder(connectionString) { Pooling = false };
        var connection = new SqlConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            using var command = new SqlCommand(SessionText, connection);
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

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
