using System.Globalization;
using System.Text;
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

    public override Task<List<Account>> LockAccounts(AppDb db, IReadOnlyList<AccountRef> accounts, CancellationToken ct)
    {
        var parameters = new List<SqlParameter>(accounts.Count * 2);
        var values = new StringBuilder();
        for (var i = 0; i < accounts.Count; i++)
        {
            values.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}(@k{i},@o{i})");
            parameters.Add(new SqlParameter($"@k{i}", (short)accounts[i].Kind));
            parameters.Add(new SqlParameter($"@o{i}", accounts[i].Owner));
        }

        return db.Set<Account>()
            .FromSqlRaw(
                $"""
                SELECT a.* FROM accounts a WITH (UPDLOCK, ROWLOCK)
                JOIN (VALUES {values}) AS k(kind, owner) ON a.[Kind] = k.kind AND a.[Owner] = k.owner
                ORDER BY a.[Kind], a.[Owner]
                """,
                [.. parameters]
            )
            .AsTracking()
            .ToListAsync(ct);
    }

    public override Task<List<BranchDay>> HoldDays(AppDb db, IReadOnlyList<long> branches, bool exclusive, CancellationToken ct)
    {
        var names = string.Join(",", branches.Select((_, i) => $"@b{i}"));
        var parameters = branches.Select((b, i) => new SqlParameter($"@b{i}", b)).ToArray();
        var hint = exclusive ? "UPDLOCK, ROWLOCK, HOLDLOCK" : "ROWLOCK, REPEATABLEREAD";
        return db.Set<BranchDay>()
            .FromSqlRaw(
                $"SELECT d.* FROM branch_days d WITH ({hint}) WHERE d.[BranchId] IN ({names}) ORDER BY d.[BranchId]",
                [.. parameters]
            )
            .AsTracking()
            .ToListAsync(ct);
    }

    public override bool IsUniqueViolation(Exception exception) =>
        Database(exception) is SqlException { Number: UniqueIndex or UniqueConstraint };

    public override bool IsTransient(Exception exception) =>
        Database(exception) is SqlException { Number: DeadlockVictim or LockTimeout or CommandTimeout };

    public override bool IsLockTimeout(Exception exception) =>
        Database(exception) is SqlException { Number: LockTimeout or CommandTimeout };
}
