using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Standins.PowerCompany;

/// <summary>
/// The company's database: one file, one connection, one transaction at a time. What it answered it has written before; the file survives a killed
/// process.
/// </summary>
internal sealed class PowerStore : IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS days (work_date TEXT PRIMARY KEY, state TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS units (
            code TEXT PRIMARY KEY, name TEXT NOT NULL, parts INTEGER NOT NULL, keeps_balance INTEGER NOT NULL, terms TEXT NOT NULL,
            keeps_unknown INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS consumers (
            number TEXT PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, kind TEXT NOT NULL, unit TEXT NOT NULL,
            balance INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS receivables (
            id TEXT PRIMARY KEY, customer TEXT NOT NULL, month TEXT NOT NULL, sequence INTEGER NOT NULL, principal INTEGER NOT NULL,
            due TEXT NOT NULL, late_fee_paid INTEGER NOT NULL, paid_by TEXT);
        CREATE INDEX IF NOT EXISTS receivables_of ON receivables (customer, month, sequence);
        CREATE TABLE IF NOT EXISTS quotes (reference TEXT PRIMARY KEY, customer TEXT NOT NULL, body TEXT NOT NULL, valid_until INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS payments (
            id TEXT PRIMARY KEY, body TEXT NOT NULL, state TEXT NOT NULL, serial TEXT, customer TEXT, total INTEGER NOT NULL,
            work_date TEXT, request TEXT);
        CREATE TABLE IF NOT EXISTS deposits (
            unit TEXT NOT NULL, number TEXT NOT NULL, amount INTEGER NOT NULL, state TEXT NOT NULL, payment TEXT, PRIMARY KEY (unit, number));
        CREATE TABLE IF NOT EXISTS lines (
            seq INTEGER PRIMARY KEY, work_date TEXT NOT NULL, unit TEXT NOT NULL, bank_serial TEXT NOT NULL, power_serial TEXT NOT NULL,
            customer TEXT NOT NULL, receivable TEXT NOT NULL, month TEXT NOT NULL, principal INTEGER NOT NULL, late_fee INTEGER NOT NULL,
            total INTEGER NOT NULL, mode TEXT NOT NULL, time TEXT NOT NULL, state TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS lines_of ON lines (work_date, unit);
        CREATE INDEX IF NOT EXISTS lines_by ON lines (bank_serial);
        CREATE TABLE IF NOT EXISTS adjustments (id TEXT PRIMARY KEY, body TEXT NOT NULL, answer TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, work_date TEXT NOT NULL, content BLOB NOT NULL, complete INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS faults (
            id INTEGER PRIMARY KEY, operation TEXT NOT NULL, kind TEXT NOT NULL, times INTEGER NOT NULL, milliseconds INTEGER NOT NULL);
        """;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;

    public PowerStore(IConfiguration configuration)
    {
        var file = configuration["Power:Database"] ?? "power-company.db";
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        _connection.Open();
        using var command = _connection.CreateCommand();
        command.CommandText = Schema;
        command.ExecuteNonQuery();
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>Does something as one transaction, with nobody else in between.</summary>
    public T Do<T>(Func<PowerWork, T> what)
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            var result = what(new PowerWork(_connection, transaction));
            transaction.Commit();
            return result;
        }
    }
}

/// <summary>Statements of one transaction.</summary>
internal sealed class PowerWork(SqliteConnection connection, SqliteTransaction transaction)
{
    public int Run(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
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

    /// <summary>The next running number of a name, from 1.</summary>
    public long Next(string name)
    {
        Run(
            "INSERT INTO settings (name, value) VALUES (@name, '1') ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1",
            ("@name", name)
        );
        return long.Parse(
            One("SELECT value FROM settings WHERE name = @name", r => r.GetString(0), ("@name", name))!,
            CultureInfo.InvariantCulture
        );
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
