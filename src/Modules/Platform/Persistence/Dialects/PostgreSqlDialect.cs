using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Platform.Persistence.Dialects;

/// <summary>PostgreSQL 15 and later, at READ COMMITTED: row locks, and guards by version under them.</summary>
public sealed class PostgreSqlDialect : Dialect
{
    /// <summary>
    /// A booking waits this long for another's locks; were there no limit, one forgotten transaction would hold a branch's counters.
    /// </summary>
    private const string LockTimeout = "-c lock_timeout=3s";

    public override string Provider => "PostgreSql";

    public override int Writers => 2;

    public override void Configure(DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(Settings(connectionString).ConnectionString, o => o.MigrationsAssembly("Platform.Migrations.PostgreSql"));

    public override void Configure(DbContextOptionsBuilder options, DbConnection connection) =>
        options.UseNpgsql(connection, o => o.MigrationsAssembly("Platform.Migrations.PostgreSql"));

    internal override string RaiseStamp =>
        """INSERT INTO stamps ("Name", "Version") VALUES ({0}, 1) ON CONFLICT ("Name") DO UPDATE SET "Version" = stamps."Version" + 1""";

    internal override BatchConnection OpenWriter(string connectionString)
    {
        var settings = Settings(connectionString);
        // A writer asks by key and nothing else: plans are made once, and never from a table's size, which was zero when a new database was
        // first asked.
        settings.Options += " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off";
        settings.Pooling = false;
        return new PostgreSqlBatch(new NpgsqlConnection(settings.ConnectionString));
    }

    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.Options = string.IsNullOrEmpty(settings.Options) ? LockTimeout : settings.Options;
        settings.MaxAutoPrepare = settings.MaxAutoPrepare == 0 ? 200 : settings.MaxAutoPrepare;
        // Nothing here changes a session: no temporary table, no setting, no session lock. Resetting one is seven statements for nothing.
        settings.NoResetOnClose = true;
        return settings;
    }

    public override bool IsUniqueViolation(Exception exception) =>
        Database(exception) is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override bool IsTransient(Exception exception) =>
        Database(exception)
            is PostgresException
            {
                SqlState: PostgresErrorCodes.DeadlockDetected
                    or PostgresErrorCodes.SerializationFailure
                    or PostgresErrorCodes.LockNotAvailable
            };

    public override bool IsLockTimeout(Exception exception) =>
        Database(exception) is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

    public override bool Violates(Exception exception, string indexName, AppDb db) =>
        Database(exception) is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } e && e.ConstraintName == indexName;
}
