using System.Data.Common;

namespace Platform.Ledger.Batches;

/// <summary>
/// A batch by statements with a parameter for each value, for providers that take no arrays. What differs between them comes as
/// <see cref="ParameterBatchTexts"/>. Commands are kept and used again: lists are filled up to a power of two by repeating an item, so that there are
/// few texts. Where the server keeps plans by text and declared sizes, rows are filled up as well and numbered, and what is beyond the last is
/// left out.
/// </summary>
/// <param name="connection">The open connection.</param>
/// <param name="texts">The provider's statements.</param>
/// <param name="mostParameters">The provider's limit of parameters.</param>
/// <param name="mostRows">The rows one statement writes: one where the database is in the process.</param>
internal sealed class ParameterBatch(DbConnection connection, ParameterBatchTexts texts, int mostParameters, int mostRows)
    : BatchConnection(connection)
{
    /// <summary>Items asked for by one statement; a power of two.</summary>
    private const int MostAsked = 256;

    private static readonly Column<LockedAccount>[] s_moved =
    [
        new Column<LockedAccount, short>("kind", ColumnType.Int16, a => a.Key.Kind),
        new Column<LockedAccount, long>("owner", ColumnType.Int64, a => a.Key.Owner),
        new Column<LockedAccount, long>("balance", ColumnType.Int64, a => a.Balance),
        new Column<LockedAccount, int>("version", ColumnType.Int32, a => a.Version),
        new Column<LockedAccount, int>("read", ColumnType.Int32, a => a.ReadVersion),
    ];

    private static readonly Column<AccountRef>[] s_account =
    [
        new Column<AccountRef, short>("kind", ColumnType.Int16, a => a.Type.Number),
        new Column<AccountRef, long>("owner", ColumnType.Int64, a => a.Owner),
    ];

    private static readonly Column<long>[] s_id = [new Column<long, long>("id", ColumnType.Int64, i => i)];
    private static readonly Column<string>[] s_text = [new Column<string, string>("text", ColumnType.Text, t => t)];

    private readonly KeptCommands _commands = new(connection, texts.KeepsPlans);

    public override BatchReads Read(DbTransaction transaction, BatchWants wants)
    {
        var found = new BatchReads();
        Ask(
            transaction,
            wants.DaysAlone ? "days alone" : "days",
            wants.Branches,
            s_id,
            list => texts.Days(list, wants.DaysAlone),
            r => found.AddDay(r.GetInt64(0), r.GetFieldValue<DateOnly>(1), r.GetInt32(2))
        );
        Ask(
            transaction,
            "accounts",
            wants.Accounts,
            s_account,
            texts.Accounts,
            r => found.AddAccount(r.GetInt16(0), r.GetInt64(1), r.GetInt64(2), r.GetInt32(3))
        );
        Ask(transaction, "keys", wants.Keys, s_id, texts.Keys, r => found.Add(Record(r)));
        Ask(transaction, "stamps", wants.Stamps, s_text, texts.Stamps, r => found.Stamps[r.GetString(0)] = r.GetInt64(1));
        foreach (var check in wants.Rows)
        {
            Ask(
                transaction,
                check.Held ? $"{check.Table} held" : check.Table,
                check.Ids,
                s_id,
                list => texts.Versions(check, list),
                r => found.Versions[(check.Row, r.GetInt64(0))] = r.GetInt32(1)
            );
        }

        return found;
    }

    public override void WriteAndCommit(DbTransaction transaction, BatchRows rows)
    {
        var moved = Run(
            transaction,
            "move",
            rows.Moved.Count,
            s_moved.Length,
            texts.Move,
            (row, column) => (s_moved[column].Value(rows.Moved[row]), s_moved[column].Type)
        );
        foreach (var set in rows.Inserts)
        {
            Run(
                transaction,
                set.Table,
                set.Count,
                set.Columns,
                rows => texts.Insert(set, rows),
                (row, column) => (set.Value(row, column), set.Type(column))
            );
        }

        if (moved != rows.Moved.Count)
        {
            throw Overtaken();
        }

        try
        {
            transaction.Commit();
        }
        catch (Exception e)
        {
            throw new CommitUnknownException(e);
        }
    }

    public override void Dispose()
    {
        _commands.Dispose();
        base.Dispose();
    }

    protected override void SetLockWait(TimeSpan longest)
    {
        if (texts.LockWait is { } sql)
        {
            Run(sql(longest));
        }
    }

    private void Ask<T>(
        DbTransaction transaction,
        string name,
        List<T> items,
        Column<T>[] columns,
        Func<string, string> text,
        Action<DbDataReader> read
    )
    {
        for (var from = 0; from < items.Count; from += MostAsked)
        {
            var count = Math.Min(MostAsked, items.Count - from);
            var places = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count);
            var command = _commands.Command(transaction, $"ask {name}", places, columns.Length, text);
            for (var c = 0; c < columns.Length; c++)
            {
                // What is asked twice is found once: the repeated item changes nothing.
                _commands.Fill(
                    command,
                    c,
                    columns.Length,
                    places,
                    row => (columns[c].Value(items[from + Math.Min(row, count - 1)]), columns[c].Type)
                );
            }

            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                read(reader);
            }
        }
    }

    /// <summary>Runs a statement over rows, as many at once as it may have.</summary>
    private int Run(
        DbTransaction transaction,
        string name,
        int rows,
        int columns,
        Func<string, string> text,
        Func<int, int, (object? Value, ColumnType Type)> cell
    )
    {
        var affected = 0;
        var most = Math.Min(mostRows, mostParameters / columns);
        most = texts.KeepsPlans ? (int)((uint)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)most + 1) / 2) : most;
        for (var from = 0; from < rows; )
        {
            var count = Math.Min(rows - from, most);
            var places = texts.KeepsPlans ? (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count) : count;
            var command = _commands.Command(transaction, name, places, columns, text, numbered: texts.KeepsPlans);
            for (var c = 0; c < columns; c++)
            {
                _commands.Fill(command, c, columns, places, row => cell(from + Math.Min(row, count - 1), c));
            }

            if (texts.KeepsPlans)
            {
                command.Parameters[^1].Value = count;
            }

            affected += command.ExecuteNonQuery();
            from += count;
        }

        return affected;
    }
}
