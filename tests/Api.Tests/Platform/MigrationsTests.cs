using System.Reflection;
using Api.Tests.Harness;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
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

    [Fact]
    public void SqlClient_finds_every_assembly_that_it_names()
    {
        foreach (var named in typeof(SqlConnection).Assembly.GetReferencedAssemblies())
        {
            var found = Assembly.Load(named);
            Assert.True(found.GetName().Version >= named.Version, $"{named} is there as {found.GetName().Version}");
        }
    }

    [Fact]
    public void A_command_with_parameters_is_made_without_the_package_of_SQL_CLR_types()
    {
        // This is where the provider fails at run time when Microsoft.SqlServer.Server is missing: the type of a parameter is inferred.
        using var command = new SqlCommand("SELECT @id");
        var parameter = command.Parameters.AddWithValue("@id", 5L);

        Assert.Equal(System.Data.SqlDbType.BigInt, parameter.SqlDbType);
    }
}
