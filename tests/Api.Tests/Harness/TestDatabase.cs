using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Persistence.Dialects;
using TestRuns;

namespace Api.Tests.Harness;

/// <summary>A migrated database of its own, copied from a template that is made once per run.</summary>
public static class TestDatabase
{
    private static readonly string s_folder = Directory.CreateTempSubdirectory("fuel-tests-").FullName;
    private static readonly string s_run = Guid.NewGuid().ToString("N")[..8];
    private static readonly Lazy<Task<string>> s_sqliteTemplate = new(MakeSqliteTemplate);
    private static readonly Lazy<Task<string>> s_postgresTemplate = new(MakePostgresTemplate);
    private static readonly SemaphoreSlim s_copying = new(1, 1);
    private static int s_count;

    private static string Server =>
        Environment.GetEnvironmentVariable(EachDatabaseAttribute.PostgresVariable)
        ?? throw new InvalidOperationException($"{EachDatabaseAttribute.PostgresVariable} is not set.");

    /// <summary>Makes a fresh copy; answers with its connection string.</summary>
    public static async Task<string> Create(Database database)
    {
        var name = $"fuel_{s_run}_{Interlocked.Increment(ref s_count)}";
        if (database == Database.Sqlite)
        {
            var file = Path.Combine(s_folder, name + ".db");
            File.Copy(await s_sqliteTemplate.Value, file);
            return $"Data Source={file}";
        }

        var template = await s_postgresTemplate.Value;
        await s_copying.WaitAsync();
        try
        {
            await OnServer($"CREATE DATABASE {name} TEMPLATE {template}");
        }
        finally
        {
            s_copying.Release();
        }

        return On(name);
    }

    /// <summary>An empty database, without even a schema.</summary>
    public static async Task<string> CreateEmpty(Database database)
    {
        var name = $"fuel_{s_run}_{Interlocked.Increment(ref s_count)}";
        if (database == Database.Sqlite)
        {
            return $"Data Source={Path.Combine(s_folder, name + ".db")}";
        }

        await OnServer($"CREATE DATABASE {name}");
        return On(name);
    }

    /// <summary>Closes what the pool still holds of a database that nobody uses any more.</summary>
    public static void Leave(Database database, string connectionString)
    {
        if (database == Database.PostgreSql)
        {
            using var connection = new NpgsqlConnection(connectionString);
            NpgsqlConnection.ClearPool(connection);
        }
    }

    private static string On(string name) =>
        new NpgsqlConnectionStringBuilder(Server)
        {
            Database = name,
            MaxPoolSize = 40,
            // Opening one costs the server as much as twenty statements, and hosts that end close theirs: see Leave.
            ConnectionIdleLifetime = 60,
            ConnectionPruningInterval = 10,
        }.ConnectionString;

    private static async Task OnServer(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        // Copying a template takes as long as the machine lets it.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)Patience.Longest.TotalSeconds };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> MakeSqliteTemplate()
    {
        var file = Path.Combine(s_folder, "template.db");
        await Migrate(new SqliteDialect(), $"Data Source={file}");
        await using (var connection = new SqliteConnection($"Data Source={file}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE;";
            await command.ExecuteNonQueryAsync();
        }

        SqliteConnection.ClearAllPools();
        return file;
    }

    private static async Task<string> MakePostgresTemplate()
    {
        var name = $"fuel_{s_run}_template";
        await OnServer($"CREATE DATABASE {name}");
        await Migrate(new PostgreSqlDialect(), On(name));
        NpgsqlConnection.ClearAllPools();
        return name;
    }

    private static async Task Migrate(Dialect dialect, string connection)
    {
        await using var services = TestModel.Services(dialect, connection);
        await using var scope = services.CreateAsyncScope();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        await dialect.Migrate(db);
    }
}
