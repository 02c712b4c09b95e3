using System.Net;
using System.Net.Sockets;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;
using Platform.Persistence.Dialects;

namespace Api.Tests.Platform;

/// <summary>What each provider's failures mean: real ones where they can be had without its server, and SQL Server's by number.</summary>
public sealed class DatabaseFailureTests
{
    [Theory]
    [InlineData(-2, 11), InlineData(20, 20), InlineData(64, 20), InlineData(121, 20), InlineData(233, 20), InlineData(258, 20)]
    [InlineData(10053, 20), InlineData(10054, 20), InlineData(10060, 20), InlineData(40197, 17), InlineData(40501, 20)]
    [InlineData(40613, 17), InlineData(49918, 16), InlineData(4060, 11), InlineData(3906, 16), InlineData(9002, 17)]
    [InlineData(596, 21), InlineData(1234567, 20)]
    [Trait("Requirement", "PL-08.7")]
    public void An_error_of_SQL_Server_that_passes_is_known_by_its_number(int number, byte severity) =>
        Assert.Equal(DatabaseFailure.Unavailable, SqlServerErrors.FailureOf(number, severity));

    [Theory]
    [InlineData(2601, DatabaseFailure.Duplicate), InlineData(2627, DatabaseFailure.Duplicate)]
    [InlineData(1205, DatabaseFailure.Conflict), InlineData(3960, DatabaseFailure.Conflict)]
    [InlineData(1222, DatabaseFailure.LockTimeout)]
    [InlineData(207, DatabaseFailure.None), InlineData(547, DatabaseFailure.None), InlineData(8152, DatabaseFailure.None)]
    [Trait("Requirement", "PL-08.7")]
    public void Other_errors_of_SQL_Server_mean_what_they_are(int number, DatabaseFailure meaning) =>
        Assert.Equal(meaning, SqlServerErrors.FailureOf(number, 16));

    [Fact]
    [Trait("Requirement", "PL-08.7")]
    public async Task A_SQL_Server_that_refuses_connections_is_away()
    {
        await using var connection = new SqlConnection("Server=127.0.0.1,9;Connect Timeout=2;ConnectRetryCount=0;User Id=a;Password=b");
        Is(DatabaseFailure.Unavailable, "SqlServer", await Record.ExceptionAsync(() => connection.OpenAsync()));
    }

    [Fact]
    [Trait("Requirement", "PL-08.7")]
    public async Task A_connection_to_SQL_Server_that_was_closed_is_away()
    {
        await using var connection = new SqlConnection("Server=127.0.0.1,9");
        await using var command = new SqlCommand("select 1", connection);
        Is(DatabaseFailure.Unavailable, "SqlServer", await Record.ExceptionAsync(() => command.ExecuteScalarAsync()));
    }

    [Fact]
    [Trait("Requirement", "PL-08.7")]
    public async Task A_full_pool_of_SQL_Server_is_away_though_it_is_no_exception_of_the_database()
    {
        // Takes connections and never says a word: the first one waits for it, the second one for the first one's place.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        var settings = $"Server=127.0.0.1,{port};Max Pool Size=1;ConnectRetryCount=0;User Id=a;Password=b;Encrypt=false;Connect Timeout=";
        await using var first = new SqlConnection(settings + "4");
        await using var second = new SqlConnection(settings + "4");
        var failures = await Task.WhenAll(Failure(first), Failure(second));
        Assert.All(failures, f => Is(DatabaseFailure.Unavailable, "SqlServer", f));
        Assert.Contains(failures, f => f is InvalidOperationException);
    }

    [Theory]
    [InlineData("40P01", DatabaseFailure.Conflict), InlineData("40001", DatabaseFailure.Conflict)]
    [InlineData("55P03", DatabaseFailure.LockTimeout), InlineData("23505", DatabaseFailure.Duplicate)]
    [InlineData("57P01", DatabaseFailure.Unavailable), InlineData("57P02", DatabaseFailure.Unavailable)]
    [InlineData("57P03", DatabaseFailure.Unavailable), InlineData("53300", DatabaseFailure.Unavailable)]
    [InlineData("53100", DatabaseFailure.Unavailable), InlineData("57014", DatabaseFailure.Unavailable)]
    [InlineData("08006", DatabaseFailure.Unavailable), InlineData("25006", DatabaseFailure.Unavailable)]
    [InlineData("58030", DatabaseFailure.Unavailable)]
    [InlineData("22012", DatabaseFailure.None), InlineData("42703", DatabaseFailure.None), InlineData("23514", DatabaseFailure.None)]
    [Trait("Requirement", "PL-08.7")]
    public void A_state_of_PostgreSQL_means_what_it_is(string state, DatabaseFailure meaning) =>
        Is(meaning, "PostgreSql", new InvalidOperationException("wrapped", new PostgresException("text", "ERROR", "ERROR", state)));

    [Fact]
    [Trait("Requirement", "PL-08.7")]
    public async Task A_PostgreSQL_server_that_refuses_connections_is_away()
    {
        await using var connection = new NpgsqlConnection("Host=127.0.0.1;Port=9;Timeout=2;Username=a");
        Is(DatabaseFailure.Unavailable, "PostgreSql", await Record.ExceptionAsync(() => connection.OpenAsync()));
        await using var nameless = new NpgsqlConnection("Host=no-such-host.invalid;Timeout=2;Username=a");
        Is(DatabaseFailure.Unavailable, "PostgreSql", await Record.ExceptionAsync(() => nameless.OpenAsync()));
    }

    [Theory]
    [InlineData(5, 5, DatabaseFailure.LockTimeout), InlineData(6, 6, DatabaseFailure.LockTimeout)]
    [InlineData(10, 778, DatabaseFailure.Unavailable), InlineData(13, 13, DatabaseFailure.Unavailable)]
    [InlineData(14, 14, DatabaseFailure.Unavailable), InlineData(19, 2067, DatabaseFailure.Duplicate)]
    [InlineData(19, 1555, DatabaseFailure.Duplicate), InlineData(19, 1299, DatabaseFailure.None), InlineData(1, 1, DatabaseFailure.None)]
    [Trait("Requirement", "PL-08.7")]
    public void A_result_of_SQLite_means_what_it_is(int code, int extended, DatabaseFailure meaning) =>
        Is(meaning, "Sqlite", new SqliteException("text", code, extended));

    private static async Task<Exception?> Failure(SqlConnection connection) => await Record.ExceptionAsync(() => Task.Run(connection.Open));

    private static void Is(DatabaseFailure meaning, string provider, Exception? failure)
    {
        Assert.NotNull(failure);
        Assert.True(Dialect.For(provider).FailureOf(failure) == meaning, $"{Dialect.For(provider).FailureOf(failure)}: {failure}");
    }
}
