using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Platform.Persistence.Dialects;

namespace Api;

/// <summary>Lets <c>eng/add-migration.sh</c> make a context for a provider without starting the host: <c>-- --Database:Provider=Sqlite</c>.</summary>
internal sealed class DesignTimeContexts : IDesignTimeDbContextFactory<AppDb>
{
    public AppDb CreateDbContext(string[] args)
    {
        var provider = new ConfigurationBuilder().AddCommandLine(args).Build()["Database:Provider"] ?? "Sqlite";
        var connection = provider switch
        {
            "Sqlite" => "Data Source=design-time.db",
            "PostgreSql" => "Host=localhost;Database=design",
            _ => "Server=localhost;Database=design",
        };
        var services = new ServiceCollection();
        services.AddSingleton(new ModelAssemblies(ModuleList.Rooms(ModuleList.All)));
        services.AddDbContext<AppDb>(o => Dialect.For(provider).Configure(o, connection));
        return services.BuildServiceProvider().GetRequiredService<AppDb>();
    }
}
