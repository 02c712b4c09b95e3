using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Platform.Idempotency;

namespace Api.Tests.Platform;

/// <summary>Somebody else's open transaction, which the API meets: on a server it holds one row, on SQLite the right to write.</summary>
internal sealed class HeldDatabase : IAsyncDisposable
{
    private readonly DbConnection _connection;

    private HeldDatabase(DbConnection connection) => _connection = connection;

    /// <summary>Holds a branch's day, which every booking of the branch takes.</summary>
    public static Task<HeldDatabase> Branch(TestHost host, long branchId) =>
        Hold(host, $"""UPDATE branch_days SET "Version" = "Version" WHERE "BranchId" = {branchId}""");

    /// <summary>Holds the accounts of one owner.</summary>
    public static Task<HeldDatabase> Account(TestHost host, long owner) =>
        Hold(host, $"""UPDATE accounts SET "Version" = "Version" WHERE "Owner" = {owner}""");

    /// <summary>Holds an idempotency key, inserted and not committed.</summary>
    public static Task<HeldDatabase> Key(TestHost host, long callerId, string operation, string key)
    {
        var (id, bytes) = (IdempotencyRecord.IdOf(callerId, key), Bytes(host.Database));
        return Hold(
            host,
            $"""
            INSERT INTO idempotency_records ("Id", "Key", "CallerId", "Operation", "RequestHash", "Status", "Body", "CreatedAt")
            VALUES ({id}, '{key}', {callerId}, '{operation}', {bytes}, 201, {bytes}, CURRENT_TIMESTAMP)
            """
        );
    }

    public Task Release() => Run("ROLLBACK");

    public async ValueTask DisposeAsync()
    {
        // Ends the transaction with the connection, where it was not released before.
        await _connection.DisposeAsync();
    }

    /// <summary>One byte, as a database writes it.</summary>
    public static string Bytes(Database database) => database == Database.Sqlite ? "x'00'" : "'\\x00'";

    private static async Task<HeldDatabase> Hold(TestHost host, string sql)
    {
        DbConnection connection =
            host.Database == Database.Sqlite
                ? new SqliteConnection(new SqliteConnectionStringBuilder(host.ConnectionString) { Pooling = false }.ConnectionString)
                : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(host.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        var held = new HeldDatabase(connection);
        await held.Run(host.Database == Database.Sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
        await held.Run(sql);
        return held;
    }

    private async Task Run(string sql)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
