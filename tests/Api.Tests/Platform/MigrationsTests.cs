using Api.Tests.Harness;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform;
using Platform.Persistence.Dialects;

namespace Api.Tests.Platform;

public sealed class MigrationsTests
{
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

    /// <summary>A retry that comes after the update must still find what it did before.</summary>
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6")]
    public async Task A_key_that_was_used_before_the_update_to_ids_is_found_after_it(Database database)
    {
        var dialect = Dialect.For(database.ToString());
        await using var services = TestModel.Services(dialect, await TestDatabase.CreateEmpty(database));
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        await db.GetService<IMigrator>().MigrateAsync("RechargeListsClaimsStatements");
        var blob = HeldDatabase.Bytes(database);
        foreach (var key in new[] { "k-1", "{f81d4fae-7dec}" })
        {
            // Braces stand for parameters in raw SQL unless they are doubled.
            var written = key.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
            var insert = $"""
                INSERT INTO idempotency_records ("Key", "CallerId", "Operation", "RequestHash", "Status", "Body", "CreatedAt")
                VALUES ('{written}', 126437891174400000, 'CollectPayment', {blob}, 201, {blob}, CURRENT_TIMESTAMP)
                """;
            await db.Database.ExecuteSqlRawAsync(insert);
        }

        await dialect.Migrate(db);

        var records = await db.Set<IdempotencyRecord>().ToListAsync();
        Assert.Equal(2, records.Count);
        Assert.All(records, r => Assert.Equal(IdempotencyRecord.IdOf(r.CallerId, r.Operation, r.Key), r.Id));
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
