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
    public void SqlClient_finds_the_assembly_of_SQL_CLR_types_that_it_names()
    {
        var named = typeof(SqlConnection).Assembly.GetReferencedAssemblies().Single(a => a.Name == "Microsoft.SqlServer.Server");

        var found = Assembly.Load(named);

        Assert.Equal(named.Version, found.GetName().Version);
        Assert.NotNull(found.GetType("Microsoft.SqlServer.Server.IBinarySerialize"));
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
