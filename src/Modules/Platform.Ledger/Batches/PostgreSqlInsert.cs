using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Platform.Ledger.Batches;

/// <summary>
/// An insert of many rows by one statement: a column whose rows all say the same is one parameter, every other one an array. Half of a batch's
/// columns say the same (the date, the branch, what is not given), and an array costs the server far more than a value.
/// </summary>
internal static class PostgreSqlInsert
{
    private static readonly ConcurrentDictionary<(string Table, ulong Uniform), string> s_texts = new();

    public static NpgsqlBatchCommand Of(RowSet set)
    {
        var command = new NpgsqlBatchCommand();
        var uniform = 0UL;
        for (var i = 0; i < set.Columns; i++)
        {
            if (set.IsUniform(i))
            {
                uniform |= 1UL << i;
                command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = TypeOf(set.Type(i)), Value = set.Value(0, i) ?? DBNull.Value });
            }
            else
            {
                command.Parameters.Add(
                    new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | TypeOf(set.Type(i)), Value = set.Values(i) }
                );
            }
        }

        command.CommandText = s_texts.TryGetValue((set.Table, uniform), out var known)
            ? known
            : s_texts.GetOrAdd((set.Table, uniform), Text(set, uniform));
        return command;
    }

    private static string Text(RowSet set, ulong uniform)
    {
        var (names, values, arrays, columns) = (new StringBuilder(), new StringBuilder(), new StringBuilder(), new StringBuilder());
        for (var i = 0; i < set.Columns; i++)
        {
            names.Append(i == 0 ? "" : ", ").Append('"').Append(set.Name(i)).Append('"');
            var place = string.Create(CultureInfo.InvariantCulture, $"${i + 1}");
            if ((uniform & (1UL << i)) != 0)
            {
                values.Append(i == 0 ? "" : ", ").Append(place);
                continue;
            }

            values.Append(i == 0 ? "c" : ", c").Append(i);
            arrays.Append(arrays.Length == 0 ? "" : ", ").Append(place);
            columns.Append(columns.Length == 0 ? "c" : ", c").Append(i);
        }

        return arrays.Length == 0
            ? $"INSERT INTO {set.Table} ({names}) VALUES ({values})"
            : $"INSERT INTO {set.Table} ({names}) SELECT {values} FROM unnest({arrays}) AS u({columns})";
    }

    private static NpgsqlDbType TypeOf(ColumnType type) =>
        type switch
        {
            ColumnType.Int16 => NpgsqlDbType.Smallint,
            ColumnType.Int32 => NpgsqlDbType.Integer,
            ColumnType.Int64 => NpgsqlDbType.Bigint,
            ColumnType.Text => NpgsqlDbType.Text,
            ColumnType.Bytes => NpgsqlDbType.Bytea,
            ColumnType.Date => NpgsqlDbType.Date,
            _ => NpgsqlDbType.TimestampTz,
        };
}
