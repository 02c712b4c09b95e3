using Microsoft.EntityFrameworkCore;
using Platform.Persistence.Dialects;

namespace Api.Tests.Harness;

/// <summary>The product's model without its host, for looking into a database or migrating one.</summary>
public static class TestModel
{
    public static ServiceProvider Services(Dialect dialect, string connection)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        var services = new ServiceCollection();
        services.AddSingleton(new ModelAssemblies(ModuleList.Rooms(ModuleList.All)));
        services.AddPooledDbContextFactory<AppDb>(o =>
        {
            dialect.Configure(o, connection);
            o.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        });
        return services.BuildServiceProvider();
    }
}
