using Npgsql;
using Platform.Ledger.Batches;
using Platform.Persistence.Dialects;

namespace Api.Tests.Platform.Ledger;

/// <summary>
/// SQL Server's locks on a branch's day, on a server that has the same matrix under other names: shared is FOR KEY SHARE, update is FOR NO KEY
/// UPDATE, exclusive is FOR UPDATE. What is taken here is read off the product's own statements.
/// </summary>
public sealed class DayLockTests
{
    private static readonly Dictionary<string, string> s_modelled = new()
    {
        ["REPEATABLEREAD"] = "FOR KEY SHARE",
        ["UPDLOCK"] = "FOR NO KEY UPDATE",
        ["XLOCK"] = "FOR UPDATE",
    };

    [Fact]
    [Trait("Requirement", "PL-04.3"), Trait("Requirement", "PL-03.9")]
    public async Task On_SQL_Server_day_end_keeps_bookings_out_and_waits_for_those_that_are_in()
    {
        var (booking, dayEnd) = (Hint(alone: false), Hint(alone: true));
        Assert.Equal(("FOR KEY SHARE", "FOR UPDATE"), (booking, dayEnd));
        Assert.False(await Together(booking, dayEnd));
        Assert.False(await Together(dayEnd, booking));
        Assert.True(await Together(booking, booking));
        Assert.False(await Together(dayEnd, dayEnd));
    }

    [Fact]
    public async Task An_update_lock_would_have_let_bookings_in()
    {
        Assert.True(await Together(s_modelled["REPEATABLEREAD"], s_modelled["UPDLOCK"]));
        Assert.True(await Together(s_modelled["UPDLOCK"], s_modelled["REPEATABLEREAD"]));
    }

    private static string Hint(bool alone)
    {
        var sql = SqlServerBatch.Texts.Days("@p0", alone);
        return s_modelled.Single(h => sql.Contains(h.Key, StringComparison.Ordinal)).Value;
    }

    /// <summary>Does a second session get its lock on a row while a first one holds its own?</summary>
    private static async Task<bool> Together(string first, string second)
    {
        Assert.SkipWhen(EachDatabaseAttribute.Unavailable(Database.PostgreSql) is not null, "No server.");
        var server = await TestDatabase.CreateEmpty(Database.PostgreSql) + ";Pooling=false";
        await using var one = await Open(server, "CREATE TABLE days (id int PRIMARY KEY); INSERT INTO days VALUES (1)");
        await using var other = await Open(server, "SELECT 1");
        await using var holds = await one.BeginTransactionAsync();
        await Execute(one, $"SELECT id FROM days {first}");
        await using var wants = await other.BeginTransactionAsync();
        try
        {
            await Execute(other, $"SELECT id FROM days {second} NOWAIT");
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    private static async Task<NpgsqlConnection> Open(string connection, string sql)
    {
        var opened = new NpgsqlConnection(connection);
        await opened.OpenAsync();
        await Execute(opened, sql);
        return opened;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
