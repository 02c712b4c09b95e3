using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Api.Tests.Platform.Ledger.Tampering;

/// <summary>A row as the database holds it, by column.</summary>
internal sealed class RawRow : Dictionary<string, object>
{
    public RawRow() { }

    public RawRow(RawRow other)
        : base(other) { }
}

/// <summary>Tables as an intruder with a connection to the database sees them: rows are read, removed, put in and changed.</summary>
internal sealed class RawRows(AppDb db) : IAsyncDisposable
{
    private DbConnection Connection => db.Database.GetDbConnection();

    public static async Task<RawRows> Open(SealedBooks books)
    {
        var db = await books.Host.OpenDatabase();
        await db.Database.OpenConnectionAsync();
        return new RawRows(db);
    }

    public AppDb Db => db;

    public IEntityType Entity(string table) => db.Model.GetEntityTypes().Single(t => t.GetTableName() == table);

    public IReadOnlyList<string> Key(string table) => [.. Entity(table).FindPrimaryKey()!.Properties.Select(p => p.GetColumnName())];

    /// <summary>All rows, in the order of their key.</summary>
    public async Task<List<RawRow>> Read(string table)
    {
        await using var command = Command($"SELECT * FROM {table} ORDER BY {string.Join(',', Key(table).Select(Quoted))}");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<RawRow>();
        while (await reader.ReadAsync())
        {
            var row = new RawRow();
            for (var i = 0; i < reader.FieldCount; i++)
            {
                row[reader.GetName(i)] = reader.GetValue(i);
            }

            rows.Add(row);
        }

        return rows;
    }

    public async Task Insert(string table, RawRow row)
    {
        var places = Enumerable.Range(0, row.Count).Select(i => $"@p{i}");
        await Run(
            $"INSERT INTO {table} ({string.Join(',', row.Keys.Select(Quoted))}) VALUES ({string.Join(',', places)})",
            [.. row.Values]
        );
    }

    public async Task Delete(string table, RawRow row)
    {
        var key = Key(table);
        var where = string.Join(" AND ", key.Select((c, i) => $"{Quoted(c)} = @p{i}"));
        Assert.Equal(1, await Run($"DELETE FROM {table} WHERE {where}", [.. key.Select(c => row[c])]));
    }

    public async Task Replace(string table, RawRow old, RawRow changed)
    {
        await Delete(table, old);
        await Insert(table, changed);
    }

    /// <summary>Does all of it or nothing.</summary>
    public async Task InTransaction(Func<Task> work)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await work();
        await transaction.CommitAsync();
    }

    /// <summary>Makes tables hold these rows and no others.</summary>
    public Task Restore(IReadOnlyDictionary<string, List<RawRow>> tables) =>
        InTransaction(async () =>
        {
            foreach (var (table, rows) in tables)
            {
                await Run($"DELETE FROM {table}", []);
                foreach (var row in rows)
                {
                    await Insert(table, row);
                }
            }
        });

    public async Task<int> Run(string sql, IReadOnlyList<object> values)
    {
        await using var command = Command(sql);
        for (var i = 0; i < values.Count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            parameter.Value = values[i];
            command.Parameters.Add(parameter);
        }

        return await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => db.DisposeAsync();

    private DbCommand Command(string sql)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = db.Database.CurrentTransaction is { } current
            ? Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(current)
            : null;
        return command;
    }

    private static string Quoted(string column) => $"\"{column}\"";
}
