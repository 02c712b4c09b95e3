using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Standins.Carrier;

/// <summary>
/// The carrier's database: one file, one connection, one transaction at a time. What it answered it has written before; the file survives a killed
/// process.
/// </summary>
internal sealed class CarrierStore : IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        CREATE TABLE IF NOT EXISTS numbers (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS carrier_top_ups (
            id TEXT PRIMARY KEY, body TEXT NOT NULL, phone TEXT NOT NULL, amount INTEGER NOT NULL, carrier TEXT NOT NULL, state TEXT NOT NULL,
            serial TEXT, code TEXT, day TEXT NOT NULL, time TEXT NOT NULL, times INTEGER NOT NULL, next_state TEXT, next_at INTEGER);
        CREATE INDEX IF NOT EXISTS carrier_top_ups_of ON carrier_top_ups (day, carrier);
        CREATE INDEX IF NOT EXISTS carrier_top_ups_next ON carrier_top_ups (next_at) WHERE next_at IS NOT NULL;
        CREATE TABLE IF NOT EXISTS extra_lines (seq INTEGER PRIMARY KEY, day TEXT NOT NULL, carrier TEXT NOT NULL, line TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS credits (carrier TEXT PRIMARY KEY, amount INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS codes (code TEXT PRIMARY KEY, kind TEXT NOT NULL, amount INTEGER NOT NULL, held_by TEXT);
        CREATE TABLE IF NOT EXISTS carrier_redemptions (
            id TEXT PRIMARY KEY, code TEXT NOT NULL, kind TEXT NOT NULL, amount INTEGER NOT NULL, state TEXT NOT NULL, receipt TEXT);
        CREATE TABLE IF NOT EXISTS call_backs (
            place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, body TEXT NOT NULL, tries INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS faults (
            id INTEGER PRIMARY KEY, operation TEXT NOT NULL, kind TEXT NOT NULL, times INTEGER NOT NULL, milliseconds INTEGER NOT NULL);
        """;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private long _writes;

    /// <summary>How many statements have written.</summary>
    public long Writes => Interlocked.Read(ref _writes);

    public CarrierStore(IConfiguration configuration)
    {
        var file = configuration["Carrier:Database"] ?? "carrier.db";
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        _connection.Open();
        using var command = _connection.CreateCommand();
        command.CommandText = Schema;
        command.ExecuteNonQuery();
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>Does something as one transaction, with nobody else in between.</summary>
    public T Do<T>(Func<CarrierWork, T> what)
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            var work = new CarrierWork(_connection, transaction);
            var result = what(work);
            transaction.Commit();
            Interlocked.Add(ref _writes, work.Writes);
            return result;
        }
    }
}

/// <summary>Statements of one transaction.</summary>
internal sealed class CarrierWork(SqliteConnection connection, SqliteTransaction transaction)
{
    /// <summary>How many of them wrote.</summary>
    public int Writes { get; private set; }

    public int Run(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        Writes++;
        return command.ExecuteNonQuery();
    }

    public T? One<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where T : class
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    public List<T> All<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public long? Number(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteScalar() is long number ? number : null;
    }

    /// <summary>The next running number of a name, from 1.</summary>
    public string Next(string name)
    {
        Run("INSERT INTO numbers (name, value) VALUES (@n, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1", ("@n", name));
        return Number("SELECT value FROM numbers WHERE name = @n", ("@n", name))!.Value.ToString("D10", CultureInfo.InvariantCulture);
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}

/// <summary>What a refused request is answered with.</summary>
internal sealed record CarrierProblem(string Code, string Detail);
