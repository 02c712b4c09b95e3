using System.Data.Common;

namespace Platform.Ledger.Batches;

/// <summary>A batch on SQLite, where the transaction itself is the lock and the database is in the process.</summary>
internal static class SqliteBatch
{
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
        Versions: (check, ids) => $"""SELECT "{check.Key}", "Version" FROM {check.Table} WHERE "{check.Key}" IN ({ids})""",
        Move: rows =>
            $"""
                WITH v(kind, owner, balance, version, read) AS (VALUES {rows}) UPDATE accounts SET "Balance" = v.balance, "Version" = v.version FROM v
                WHERE accounts."Kind" = v.kind AND accounts."Owner" = v.owner AND accounts."Version" = v.read
                """,
        Insert: (set, rows) => $"INSERT INTO {set.Table} ({string.Join(",", set.Names().Select(c => $"\"{c}\""))}) VALUES {rows}"
    );

    public static ParameterBatch On(DbConnection connection) => new(connection, s_texts, MostParameters, mostRows: 1);
}
