using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

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

    public override void Configure(DbContextOptionsBuilder options, string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.Options = string.IsNullOrEmpty(settings.Options) ? LockTimeout : settings.Options;
        settings.MaxAutoPrepare = settings.MaxAutoPrepare == 0 ? 100 : settings.MaxAutoPrepare;
        options.UseNpgsql(settings.ConnectionString, o => o.MigrationsAssembly("Platform.Migrations.PostgreSql"));
    }

    public override Task<List<Account>> LockAccounts(AppDb db, IReadOnlyList<AccountRef> accounts, CancellationToken ct) =>
        db.Set<Account>()
            .FromSqlRaw(
                """
                SELECT a.* FROM accounts a JOIN unnest(@kinds, @owners) AS k(kind, owner) ON a."Kind" = k.kind AND a."Owner" = k.owner
                ORDER BY a."Kind", a."Owner" FOR UPDATE OF a
                """,
                new NpgsqlParameter("kinds", NpgsqlDbType.Array | NpgsqlDbType.Smallint)
                {
                    Value = accounts.Select(a => (short)a.Kind).ToArray(),
                },
                new NpgsqlParameter("owners", NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = accounts.Select(a => a.Owner).ToArray() }
            )
            .AsTracking()
            .ToListAsync(ct);

    public override Task<List<BranchDay>> HoldDays(AppDb db, IReadOnlyList<long> branches, bool exclusive, CancellationToken ct) =>
        db.Set<BranchDay>()
            .FromSqlRaw(
                $"""SELECT d.* FROM branch_days d WHERE d."BranchId" = ANY(@branches) ORDER BY d."BranchId" {(exclusive ? "FOR UPDATE" : "FOR SHARE")}""",
                new NpgsqlParameter("branches", NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = branches.ToArray() }
            )
            .AsTracking()
            .ToListAsync(ct);

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
