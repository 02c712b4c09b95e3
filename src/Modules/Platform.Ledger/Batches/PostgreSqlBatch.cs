using System.Data.Common;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Platform.Ledger.Batches;

/// <summary>
/// A batch in PostgreSQL's own way: all questions in one round trip, all rows in another, each table by one statement over arrays. The statements'
/// texts do not depend on how many rows there are, so the server keeps their plans.
/// </summary>
internal sealed class PostgreSqlBatch : BatchConnection
{
    private const string Days =
        """SELECT "BranchId", "BusinessDate", "Version" FROM branch_days WHERE "BranchId" = ANY($1) ORDER BY "BranchId" FOR """;

    // The lock is taken in the order of the inner sort: rows come out of the join as the sorted keys go in.
    private const string Accounts = """
        SELECT a."Kind", a."Owner", a."Balance", a."Version"
        FROM accounts a JOIN unnest($1, $2) AS k(kind, owner) ON a."Kind" = k.kind AND a."Owner" = k.owner
        ORDER BY a."Kind", a."Owner" FOR UPDATE OF a
        """;

    private const string Keys = """
        SELECT "Id", "CallerId", "Operation", "Key", "RequestHash", "Status", "Location", "Body", "CreatedAt"
        FROM idempotency_records WHERE "Id" = ANY($1)
        """;

    private const string Stamps = """SELECT "Name", "Version" FROM stamps WHERE "Name" = ANY($1)""";

    // Too few accounts moved: the division fails, and with it the commit behind it in the same round trip.
    private const string Moved = """
        WITH moved AS (
            UPDATE accounts a SET "Balance" = v.balance, "Version" = v.version
            FROM unnest($1, $2, $3, $4, $5) AS v(kind, owner, balance, version, read)
            WHERE a."Kind" = v.kind AND a."Owner" = v.owner AND a."Version" = v.read RETURNING 1
        ) SELECT 1 / (count(*) = $6)::int FROM moved
        """;

    private readonly NpgsqlConnection _connection;

    public PostgreSqlBatch(NpgsqlConnection connection)
        : base(connection)
    {
        _connection = connection;
        connection.Open();
    }

    public override BatchReads Read(DbTransaction transaction, BatchWants wants)
    {
        using var batch = new NpgsqlBatch(_connection, (NpgsqlTransaction)transaction);
        Ask(batch, wants);
        var found = new BatchReads();
        if (batch.BatchCommands.Count == 0)
        {
            return found;
        }

        using var reader = batch.ExecuteReader();
        Rows(reader, wants.Branches.Count, r => found.AddDay(r.GetInt64(0), r.GetFieldValue<DateOnly>(1), r.GetInt32(2)));
        Rows(reader, wants.Accounts.Count, r => found.AddAccount(r.GetInt16(0), r.GetInt64(1), r.GetInt64(2), r.GetInt32(3)));
        Rows(reader, wants.Keys.Count, r => found.Add(Record(r)));
        Rows(reader, wants.Stamps.Count, r => found.Stamps[r.GetString(0)] = r.GetInt64(1));
        foreach (var check in wants.Rows)
        {
            Rows(reader, check.Ids.Count, r => found.Versions[(check.Row, r.GetInt64(0))] = r.GetInt32(1));
        }

        return found;
    }

    public override void WriteAndCommit(DbTransaction transaction, BatchRows rows)
    {
        using var batch = new NpgsqlBatch(_connection, (NpgsqlTransaction)transaction);
        foreach (var set in rows.Inserts)
        {
            if (set.Count > 0)
            {
                batch.BatchCommands.Add(PostgreSqlInsert.Of(set));
            }
        }

        if (rows.Moved.Count > 0)
        {
            AddMoved(batch, rows.Moved);
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        try
        {
            batch.ExecuteNonQuery();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            throw Overtaken();
        }
        catch (Exception e)
            when (e
                    is PostgresException { Severity: "FATAL" or "PANIC" }
                        or NpgsqlException
                        and not PostgresException
                        or IOException
                        or TimeoutException
            )
        {
            // The server did not say that it failed, so it may have committed; and a session that is ended may have committed before.
            throw new CommitUnknownException(e);
        }
    }

    protected override void SetLockWait(TimeSpan longest) =>
        Run(string.Create(CultureInfo.InvariantCulture, $"SET lock_timeout = {longest.TotalMilliseconds:0}"));

    private static void AddMoved(NpgsqlBatch batch, List<LockedAccount> moved)
    {
        var command = Add(
            batch,
            Moved,
            (NpgsqlDbType.Smallint, moved.ConvertAll(a => a.Key.Kind)),
            (NpgsqlDbType.Bigint, moved.ConvertAll(a => a.Key.Owner)),
            (NpgsqlDbType.Bigint, moved.ConvertAll(a => a.Balance)),
            (NpgsqlDbType.Integer, moved.ConvertAll(a => a.Version)),
            (NpgsqlDbType.Integer, moved.ConvertAll(a => a.ReadVersion))
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = moved.Count });
    }

    /// <summary>The answer to one question, which was asked only where there was something to ask.</summary>
    private static void Rows(NpgsqlDataReader reader, int asked, Action<NpgsqlDataReader> read)
    {
        if (asked == 0)
        {
            return;
        }

        while (reader.Read())
        {
            read(reader);
        }

        reader.NextResult();
    }

    private static void Ask(NpgsqlBatch batch, BatchWants wants)
    {
        if (wants.Branches.Count > 0)
        {
            Add(batch, wants.DaysAlone ? Days + "UPDATE" : Days + "SHARE", (NpgsqlDbType.Bigint, wants.Branches));
        }

        if (wants.Accounts.Count > 0)
        {
            Add(
                batch,
                Accounts,
                (NpgsqlDbType.Smallint, wants.Accounts.ConvertAll(a => a.Type.Number)),
                (NpgsqlDbType.Bigint, wants.Accounts.ConvertAll(a => a.Owner))
            );
        }

        if (wants.Keys.Count > 0)
        {
            Add(batch, Keys, (NpgsqlDbType.Bigint, wants.Keys));
        }

        if (wants.Stamps.Count > 0)
        {
            Add(batch, Stamps, (NpgsqlDbType.Text, wants.Stamps));
        }

        foreach (var check in wants.Rows)
        {
            Add(
                batch,
                check.Held
                    ? $"""SELECT "{check.Key}", "Version" FROM {check.Table} WHERE "{check.Key}" = ANY($1) ORDER BY "{check.Key}" FOR SHARE"""
                    : $"""SELECT "{check.Key}", "Version" FROM {check.Table} WHERE "{check.Key}" = ANY($1)""",
                (NpgsqlDbType.Bigint, check.Ids)
            );
        }
    }

    private static NpgsqlBatchCommand Add(
        NpgsqlBatch batch,
        string text,
        params ReadOnlySpan<(NpgsqlDbType Type, object Values)> parameters
    )
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var (type, values) in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values });
        }

        batch.BatchCommands.Add(command);
        return command;
    }
}
