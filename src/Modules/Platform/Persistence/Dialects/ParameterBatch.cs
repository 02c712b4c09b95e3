using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Platform.Persistence.Dialects;

/// <summary>
/// A batch by statements with a parameter for each value, for providers that take no arrays. What differs between them comes as
/// <see cref="ParameterBatchTexts"/>. Commands are kept and used again: lists are filled up to a power of two by repeating an item, so that there are
/// few texts.
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
    private const int MostKept = 100;

    private static readonly Column<LockedAccount>[] s_moved =
    [
        new Column<LockedAccount, short>("kind", ColumnType.Int16, a => (short)a.Ref.Kind),
        new Column<LockedAccount, long>("owner", ColumnType.Int64, a => a.Ref.Owner),
        new Column<LockedAccount, long>("balance", ColumnType.Int64, a => a.Balance),
        new Column<LockedAccount, int>("version", ColumnType.Int32, a => a.Version),
        new Column<LockedAccount, int>("read", ColumnType.Int32, a => a.ReadVersion),
    ];

    private static readonly Column<AccountRef>[] s_account =
    [
        new Column<AccountRef, short>("kind", ColumnType.Int16, a => (short)a.Kind),
        new Column<AccountRef, long>("owner", ColumnType.Int64, a => a.Owner),
    ];

    private static readonly Column<long>[] s_id = [new Column<long, long>("id", ColumnType.Int64, i => i)];
    private static readonly Column<string>[] s_text = [new Column<string, string>("text", ColumnType.Text, t => t)];

    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

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
                check.Table,
                check.Ids,
                s_id,
                list => texts.Versions(check.Table, check.Key, list),
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
                places => $"{texts.InsertInto(set)} VALUES {places}",
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
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        base.Dispose();
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
            var command = Command(transaction, $"ask {name}", places, columns.Length, text);
            for (var i = 0; i < places; i++)
            {
                // What is asked twice is found once: the repeated item changes nothing.
                var item = items[from + Math.Min(i, count - 1)];
                for (var c = 0; c < columns.Length; c++)
                {
                    Set(command.Parameters[(i * columns.Length) + c], columns[c].Value(item), columns[c].Type);
                }
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
        for (var from = 0; from < rows; )
        {
            var count = Math.Min(rows - from, Math.Min(mostRows, mostParameters / columns));
            var command = Command(transaction, name, count, columns, text);
            for (var i = 0; i < count * columns; i++)
            {
                var (value, type) = cell(from + (i / columns), i % columns);
                Set(command.Parameters[i], value, type);
            }

            affected += command.ExecuteNonQuery();
            from += count;
        }

        return affected;
    }

    private DbCommand Command(DbTransaction transaction, string name, int rows, int columns, Func<string, string> text)
    {
        var key = rows == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {rows}");
        if (!_commands.TryGetValue(key, out var command))
        {
            Forget();
            command = Native.CreateCommand();
            command.CommandText = text(Places(command, rows, columns));
            _commands[key] = command;
        }

        command.Transaction = transaction;
        return command;
    }

    private void Forget()
    {
        if (_commands.Count < MostKept)
        {
            return;
        }

        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
    }

    /// <summary>Parameters and their places: <c>(@p0,@p1),(@p2,@p3)</c>; a list of single values has no brackets inside.</summary>
    private static string Places(DbCommand command, int rows, int columns)
    {
        var places = new StringBuilder();
        for (var i = 0; i < rows * columns; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i}");
            command.Parameters.Add(parameter);
            var (first, last) = (i % columns == 0, i % columns == columns - 1);
            places
                .Append(i > 0 ? "," : "")
                .Append(first && columns > 1 ? "(" : "")
                .Append(parameter.ParameterName)
                .Append(last && columns > 1 ? ")" : "");
        }

        return places.ToString();
    }

    /// <summary>A NULL needs its type said, and an instant a finer one than the driver's default, which is three milliseconds wide.</summary>
    private static void Set(DbParameter parameter, object? value, ColumnType type)
    {
        parameter.DbType = type switch
        {
            ColumnType.Int16 => DbType.Int16,
            ColumnType.Int32 => DbType.Int32,
            ColumnType.Int64 => DbType.Int64,
            ColumnType.Text => DbType.String,
            ColumnType.Bytes => DbType.Binary,
            ColumnType.Date => DbType.Date,
            _ => DbType.DateTime2,
        };
        parameter.Value = value ?? DBNull.Value;
    }
}

/// <summary>What of a batch's statements differs between providers. Arguments are lists of parameter names, never values.</summary>
internal sealed record ParameterBatchTexts(
    Func<string, bool, string> Days,
    Func<string, string> Accounts,
    Func<string, string> Keys,
    Func<string, string> Stamps,
    Func<string, string, string, string> Versions,
    Func<string, string> Move,
    Func<RowSet, string> InsertInto
);
