using Access.Applications;
using Api.DemoData;
using Api.Description;
using Api.Edge;
using Microsoft.EntityFrameworkCore;
using Platform;
using Platform.Ledger.Seals;
using Platform.Outbox;
using Platform.Parameters;
using Platform.Persistence.Dialects;

namespace Api;

/// <summary>Puts modules, pipeline and operations together. No business here.</summary>
internal static class Host
{
    public static void AddHost(this WebApplicationBuilder builder, IReadOnlyList<IModule> modules)
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        InternalDoor.Open(builder);
        builder.Services.LeaveHostsToUs();
        // A request runs where its bytes came in and is answered where its booking ended, without a change of threads in between: see
        // docs/performance.md.
        builder.WebHost.UseSockets(s => s.UnsafePreferInlineScheduling = true);
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = 32 * 1024 * 1024;
            k.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        });
        builder.Services.ConfigureHttpJsonOptions(o =>
        {
            Json.ConfigureRequests(o.SerializerOptions);
            // In the place of the framework's own, which would be asked first.
            o.SerializerOptions.TypeInfoResolver = Json.Types;
        });
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddPlatform(builder.Configuration, ModuleList.Rooms(modules));
        builder.Services.AddLedger(modules);
        foreach (var module in modules)
        {
            module.AddServices(builder.Services, builder.Configuration);
        }

        builder.Services.AddSingleton<IReadOnlyList<Right>>([.. modules.SelectMany(m => m.Rights)]);
        builder.Services.AddSingleton(new DeclaredParameters(modules.SelectMany(m => m.Parameters)));
        builder.Services.AddSingleton(new DeclaredEvents(modules.SelectMany(m => m.Events)));
        builder.Services.AddApiDescription(modules);
        builder.AddDemoData();
        builder.AddObservability();
    }

    /// <summary>Brings the schema up to this build's, or refuses one that it does not know (PL-08.4), and begins the chain of seals.</summary>
    public static async Task Prepare(this WebApplication app)
    {
        try
        {
            await using var db = await app.Services.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContextAsync();
            await Schema.Prepare(db, app.Services.GetRequiredService<Dialect>(), app.Configuration);
            // Before the first record: a database that has records and no chain of seals is one that somebody removed it from.
            await app.Services.GetRequiredService<Sealer>().Begin(CancellationToken.None);
        }
        catch (Exception e) when (app.Services.GetRequiredService<Dialect>().IsOfDatabase(e))
        {
            throw new StartRefusedException(
                $"The database cannot be used: {OneLine(e)} Check Database:ConnectionString and that the database exists.",
                $"无法使用数据库：{OneLine(e)} 请检查 Database:ConnectionString 以及数据库是否存在。"
            );
        }
        catch (ArgumentException e)
        {
            throw new StartRefusedException(
                $"Database:ConnectionString is not one: {OneLine(e)} Set one that the provider understands.",
                $"Database:ConnectionString 不是有效的连接字符串：{OneLine(e)} 请设置为所选数据库支持的连接字符串。"
            );
        }

        await Access.AccessBootstrap.Run(app.Services);
        // Only now: the bootstrap's record has the first id of all, and nothing may come below a seal.
        await app.Services.GetRequiredService<Sealer>().SealBacklog(CancellationToken.None);
    }

    /// <summary>A refusal is one line; what drivers say may be several.</summary>
    private static string OneLine(Exception e) => e.GetBaseException().Message.ReplaceLineEndings(" ");

    public static void UseHost(this WebApplication app, IReadOnlyList<IModule> modules)
    {
        app.UseProxies();
        app.UseRequestPipeline();
        app.UseAllowedHosts();
        app.UseRouting();
        app.UseTokenEndpoint();
        app.UseMiddleware<Access.SignedInMiddleware>();
        app.UseRequestDigest();
        app.MapApiDescription();
        app.MapOperations();
        app.MapSignposts();
        var v1 = app.MapGroup("/v1");
        foreach (var endpoint in modules.SelectMany(m => m.Endpoints))
        {
            endpoint.AddRoutes(v1);
        }

        RoutesBuiltOnce.Use(app);
        Access.SignedInMiddleware.CheckRoutes(app);
        OperationName.CheckRoutes(app);
    }
}
