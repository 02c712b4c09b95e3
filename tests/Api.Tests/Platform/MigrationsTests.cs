using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Platform.Idempotency;
using Platform.Persistence.Dialects;

namespace Api.Tests.Platform;

public sealed class MigrationsTests
{
    private const long FormerCaller = 126437891174400000;

    [Theory]
    [InlineData("Sqlite", "Data Source=none.db")]
    [InlineData("PostgreSql", "Host=localhost;Database=none")]
    [InlineData("SqlServer", "Server=localhost;Database=none")]
    public async Task The_model_has_no_change_that_a_provider_holds_no_migration_for(string provider, string connection)
    {
        await using var services = TestModel.Services(Dialect.For(provider), connection);
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContextAsync();

        Assert.NotEmpty(db.Database.GetMigrations());
        Assert.False(db.Database.HasPendingModelChanges(), $"eng/add-migration.sh adds what {provider} lacks.");
    }

    /// <summary>A migration keeps only the tables of its model that are read (eng/lib/migrations.sh); the snapshot is the whole.</summary>
    [Theory]
    [InlineData("Sqlite", "Data Source=none.db")]
    [InlineData("PostgreSql", "Host=localhost;Database=none")]
    [InlineData("SqlServer", "Server=localhost;Database=none")]
    public async Task The_newest_migration_writes_the_commands_that_it_would_with_the_whole_model(string provider, string connection)
    {
        await using var services = TestModel.Services(Dialect.For(provider), connection);
        // A generator each: that of SQL Server numbers its variables on and on.
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        await using var other = await services.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var migrations = db.GetService<IMigrationsAssembly>();
        Migration Newest() => migrations.CreateMigration(migrations.Migrations.Values.Last(), db.Database.ProviderName!);

        List<string> kept = [.. Commands(db, Newest().UpOperations, Newest().TargetModel)];
        List<string> whole = [.. Commands(other, Newest().UpOperations, migrations.ModelSnapshot!.Model)];

        Assert.NotEmpty(kept);
        Assert.Equal(whole, kept);
    }

    private static IEnumerable<string> Commands(AppDb db, IReadOnlyList<MigrationOperation> steps, IModel model)
    {
        var read = db.GetService<IModelRuntimeInitializer>().Initialize(model, designTime: true, validationLogger: null);
        return db.GetService<IMigrationsSqlGenerator>().Generate(steps, read).Select(c => c.CommandText);
    }

    /// <summary>The steps back read the models that the migrations keep; on SQLite most of them build a table anew.</summary>
    [Theory, EachDatabase]
    public async Task The_steps_back_and_forth_again_end_at_the_schemas_they_began_with(Database database)
    {
        var dialect = Dialect.For(database.ToString());
        await using var services = TestModel.Services(dialect, await TestDatabase.CreateEmpty(database));
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        await db.Database.OpenConnectionAsync(); // what the dialect gave SQLite's connection stays with it
        await dialect.Migrate(db);
        List<string> names = [Migration.InitialDatabase, .. db.Database.GetMigrations()];
        var schemas = new Dictionary<string, List<string>>(StringComparer.Ordinal);

        foreach (var name in Enumerable.Reverse(names))
        {
            await db.GetService<IMigrator>().MigrateAsync(name);
            schemas[name] = await Schema(db, database);
        }

        Assert.True(schemas[names[0]].Count < schemas[names[1]].Count);
        foreach (var name in names.Skip(1))
        {
            await db.GetService<IMigrator>().MigrateAsync(name);
            Assert.Equal(schemas[name], await Schema(db, database));
        }
    }

    private static Task<List<string>> Schema(AppDb db, Database database) =>
        db
            .Database.SqlQueryRaw<string>(
                database == Database.Sqlite
                    ? """
                    SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk AS "Value"
                    FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'
                    UNION ALL SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1
                    """
                    : """
                    SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(character_maximum_length, 0)
                            || is_nullable AS "Value"
                    FROM information_schema.columns WHERE table_schema = 'public'
                    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1
                    """
            )
            .ToListAsync();

    /// <summary>A retry that comes after the update must still find what it did before.</summary>
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6")]
    public async Task A_key_that_was_used_before_an_update_is_found_after_it(Database database)
    {
        var dialect = Dialect.For(database.ToString());
        var connection = await TestDatabase.CreateEmpty(database);
        await using var services = TestModel.Services(dialect, connection);
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        await db.GetService<IMigrator>().MigrateAsync("RechargeListsClaimsStatements");
        var blob = HeldDatabase.Bytes(database);
        // Then a key was of its operation, too: one of them is used twice.
        (string Key, string Operation, string At)[] used =
        [
            ("k-1", "CollectPayment", "2026-11-01 08:00:00"),
            ("{f81d4fae-7dec}", "CollectPayment", "2026-11-01 08:00:00"),
            ("twice", "Recharge", "2026-11-01 09:00:00"),
            ("twice", "CollectPayment", "2026-11-01 08:00:00"),
        ];
        foreach (var (key, operation, at) in used)
        {
            // Braces stand for parameters in raw SQL unless they are doubled.
            var written = key.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
            var insert = $"""
                INSERT INTO idempotency_records ("Key", "CallerId", "Operation", "RequestHash", "Status", "Body", "CreatedAt")
                VALUES ('{written}', {FormerCaller}, '{operation}', {blob}, 201, {blob}, '{at}')
                """;
            await db.Database.ExecuteSqlRawAsync(insert);
        }

        await dialect.Migrate(db);

        var records = await db.Set<IdempotencyRecord>().ToListAsync();
        Assert.Equal(used.Length, records.Count);
        // The later one of two under one key keeps the id it had.
        var second = records.Single(r => r.Operation == "Recharge");
        Assert.Equal(IdempotencyRecord.IdBefore(FormerCaller, "Recharge", "twice"), second.Id);
        Assert.All(records.Where(r => r != second), r => Assert.Equal(IdempotencyRecord.IdOf(r.CallerId, r.Key), r.Id));
        await using var host = await TestHost.Start(database, connection);
        var books = host.Services.GetRequiredService<Books>();
        foreach (var record in records)
        {
            var claim = new IdempotencyClaim(record.CallerId, record.Operation, record.Key, record.RequestHash);
            Assert.IsType<BookingResult.Answered>(await books.Replay(claim, CancellationToken.None));
        }

        // And a third operation under that key is refused.
        var other = new IdempotencyClaim(FormerCaller, "Allocate", "twice", [1]);
        Assert.IsType<BookingResult.Refused>(await books.Replay(other, CancellationToken.None));
    }

    /// <summary>No server can be had here, so this much of its driver is tried: it loads, and infers a parameter's type.</summary>
    [Fact]
    public void The_driver_of_SQL_Server_makes_a_command_with_parameters()
    {
        using var command = new SqlCommand("SELECT @id");
        var parameter = command.Parameters.AddWithValue("@id", 5L);

        Assert.Equal(System.Data.SqlDbType.BigInt, parameter.SqlDbType);
    }
}
