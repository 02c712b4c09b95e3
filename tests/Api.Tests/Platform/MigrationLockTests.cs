using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform;
using Platform.Persistence.Dialects;

namespace Api.Tests.Platform;

/// <summary>A start never waits for ever for somebody else's migration, and a killed one leaves nothing that matters (PL-08.4).</summary>
public sealed class MigrationLockTests
{
    private const string Leftover = """
        CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
        INSERT INTO "__EFMigrationsLock" VALUES (1, '2020-01-01 00:00:00');
        """;

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-08.4"), Trait("Requirement", "PL-03.7")]
    public async Task A_start_killed_while_it_migrates_is_simply_started_again(Database database)
    {
        var connection = await TestDatabase.CreateEmpty(database);
        var settings = ApiProcess.Settings(database, connection);
        settings["Logging:LogLevel:Microsoft.EntityFrameworkCore.Migrations"] = "Information";
        var migrations = Migrations(database, connection);
        var killed = new List<bool>();
        foreach (var migration in (string[])[migrations[0], migrations[migrations.Count / 2], migrations[^1]])
        {
            killed.Add(
                await ApiProcess.KilledAt(
                    settings,
                    line =>
                        line.Contains("Applying migration", StringComparison.Ordinal) && line.Contains(migration, StringComparison.Ordinal)
                )
            );
        }

        // A process may have migrated to the end before it is dead; then the next one has no sign to give.
        Assert.True(killed[0]);

        await using var api = await ApiProcess.Start(settings);
        Assert.Equal("ready", await api.Http.GetStringAsync("/health/ready"));
        Assert.DoesNotContain("cannot be executed in a transaction", api.Output, StringComparison.Ordinal);
        Assert.Contains("\"sound\":true", await api.Http.GetStringAsync("/internal/books?full=true"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "PL-08.4")]
    public async Task A_lock_that_a_killed_start_left_in_a_file_is_taken_over()
    {
        var connection = await TestDatabase.CreateEmpty(Database.Sqlite);
        await Execute(connection, Leftover);
        await using var api = await ApiProcess.Start(ApiProcess.Settings(Database.Sqlite, connection));
        Assert.Equal("ready", await api.Http.GetStringAsync("/health/ready"));
        Assert.DoesNotContain("cannot be executed in a transaction", api.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "PL-08.4")]
    public async Task A_lock_whose_process_may_still_be_there_refuses_the_start_and_says_what_to_do()
    {
        var connection = await TestDatabase.CreateEmpty(Database.Sqlite);
        await Execute(connection, "PRAGMA journal_mode=WAL;" + Leftover);
        await using (var open = new SqliteConnection(connection))
        {
            await open.OpenAsync();
            await using var read = open.CreateCommand();
            read.CommandText = "SELECT count(*) FROM sqlite_master";
            await read.ExecuteScalarAsync();
            await Refuses(Database.Sqlite, connection, "Stop every process that has the database open", "请停止所有打开该数据库的进程");
        }

        SqliteConnection.ClearAllPools();
        await using var api = await ApiProcess.Start(ApiProcess.Settings(Database.Sqlite, connection));
        Assert.Equal("ready", await api.Http.GetStringAsync("/health/ready"));
    }

    [Fact]
    [Trait("Requirement", "PL-08.4")]
    public async Task A_second_start_waits_for_the_first_one_and_not_longer_than_it_may()
    {
        var dialect = Dialect.For("Sqlite");
        var connection = await TestDatabase.CreateEmpty(Database.Sqlite);
        var file = new SqliteConnectionStringBuilder(connection).DataSource + "-migration-lock";
        await using var services = TestModel.Services(dialect, connection);
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        await using (new FileStream(file, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            var refused = await Assert.ThrowsAsync<StartRefusedException>(() => dialect.Migrate(db, TimeSpan.FromMilliseconds(300)));
            Assert.Contains("migration lock", refused.Message, StringComparison.Ordinal);
        }

        await dialect.Migrate(db, TimeSpan.Zero);
    }

    [Fact]
    [Trait("Requirement", "PL-08.4")]
    public async Task A_session_that_migrates_on_a_server_refuses_the_start_when_the_wait_is_over()
    {
        Assert.SkipWhen(EachDatabaseAttribute.Unavailable(Database.PostgreSql) is not null, "No server.");
        var connection = await TestDatabase.CreateEmpty(Database.PostgreSql);
        await using (var session = new NpgsqlConnection(connection + ";Pooling=false"))
        {
            await session.OpenAsync();
            await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(x'636F756E74657200'::bigint)", session);
            await command.ExecuteNonQueryAsync();
            await Refuses(Database.PostgreSql, connection, "end its session (pg_locks names it)", "请等待其迁移结束");
        }

        await using var api = await ApiProcess.Start(ApiProcess.Settings(Database.PostgreSql, connection));
        Assert.Equal("ready", await api.Http.GetStringAsync("/health/ready"));
    }

    private static List<string> Migrations(Database database, string connection)
    {
        using var services = TestModel.Services(Dialect.For(database.ToString()), connection);
        using var db = services.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContext();
        return [.. db.Database.GetMigrations()];
    }

    private static async Task Refuses(Database database, string connection, params string[] says)
    {
        var settings = ApiProcess.Settings(database, connection);
        settings["Database:MigrationLockWait"] = "00:00:01";
        var (code, error) = await ApiProcess.Refused(settings);
        Assert.True(code == 2, $"{code}: {error}");
        Assert.StartsWith("The API does not start: ", error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n'));
        Assert.All(says, s => Assert.Contains(s, error, StringComparison.Ordinal));
    }

    private static async Task Execute(string connection, string sql)
    {
        await using var db = new SqliteConnection(connection + ";Pooling=false");
        await db.OpenAsync();
        await using var command = db.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
