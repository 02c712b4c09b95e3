using System.Data.Common;
using Platform.Persistence.Dialects;

namespace Platform.Ledger.Batches;

/// <summary>A batch on SQL Server: lock hints, and plans that the server keeps.</summary>
internal static class SqlServerBatch
{
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
        Versions: (check, ids) =>
            $"""
                SELECT [{check.Key}], [Version] FROM {check.Table} WITH ({(
                    check.Held ? "REPEATABLEREAD, ROWLOCK, FORCESEEK" : "FORCESEEK"
                )})
                WHERE [{check.Key}] IN ({ids})
                """,
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
        LockWait: SqlServerDialect.LockWaitText
    );

    public static ParameterBatch On(DbConnection connection) => new(connection, Texts, MostParameters, MostRows);
}
