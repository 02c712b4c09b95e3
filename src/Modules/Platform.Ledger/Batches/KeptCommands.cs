using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Platform.Ledger.Batches;

/// <summary>A connection's commands by name and number of rows, made once and filled again and again.</summary>
internal sealed class KeptCommands(DbConnection connection, bool declaresSizes) : IDisposable
{
    private const int MostKept = 100;

    // What SQL Server declares: nvarchar(4000), varbinary(8000), and (max).
    private const int MostCharacters = 4_000;
    private const int MostBytes = 8_000;
    private const int AnySize = -1;

    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

    public void Dispose() => DropAll();

    /// <summary>Sets one column of all rows; where sizes are declared, all of the column to one of two.</summary>
    public void Fill(DbCommand command, int column, int columns, int rows, Func<int, (object? Value, ColumnType Type)> cell)
    {
        var large = false;
        for (var row = 0; row < rows; row++)
        {
            var (value, type) = cell(row);
            large |= declaresSizes && IsLarge(value);
            Set(command.Parameters[(row * columns) + column], value, type);
        }

        if (declaresSizes && cell(0).Type is ColumnType.Text or ColumnType.Bytes)
        {
            var size =
                large ? AnySize
                : cell(0).Type == ColumnType.Text ? MostCharacters
                : MostBytes;
            for (var row = 0; row < rows; row++)
            {
                command.Parameters[(row * columns) + column].Size = size;
            }
        }
    }

    private static bool IsLarge(object? value) => value is string { Length: > MostCharacters } or byte[] { Length: > MostBytes };

    public DbCommand Command(
        DbTransaction transaction,
        string name,
        int rows,
        int columns,
        Func<string, string> text,
        bool numbered = false
    )
    {
        var key = rows == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {rows}");
        if (!_commands.TryGetValue(key, out var command))
        {
            Forget();
            command = connection.CreateCommand();
            command.CommandText = text(Places(command, rows, columns, numbered));
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

        DropAll();
    }

    private void DropAll()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
    }

    /// <summary>
    /// Parameters and their places: <c>(@p0,@p1),(@p2,@p3)</c>; a list of single values has no brackets inside. Numbered rows start with their
    /// number, <c>(1,@p0,@p1)</c>, and the parameter <c>@rows</c> comes last, which says how many of them count.
    /// </summary>
    private static string Places(DbCommand command, int rows, int columns, bool numbered)
    {
        var places = new StringBuilder();
        for (var i = 0; i < rows * columns; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i}");
            command.Parameters.Add(parameter);
            var (first, last) = (i % columns == 0, i % columns == columns - 1);
            var brackets = numbered || columns > 1;
            places.Append(i > 0 ? "," : "").Append(first && brackets ? "(" : "");
            if (first && numbered)
            {
                places.Append((i / columns) + 1).Append(',');
            }

            places.Append(parameter.ParameterName).Append(last && brackets ? ")" : "");
        }

        if (numbered)
        {
            var count = command.CreateParameter();
            (count.ParameterName, count.DbType) = ("@rows", DbType.Int32);
            command.Parameters.Add(count);
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
