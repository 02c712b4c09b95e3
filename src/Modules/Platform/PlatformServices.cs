using System.Reflection;
using FluentValidation;
using FluentValidation.Internal;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Persistence.Dialects;

namespace Platform;

/// <summary>Registers what every module stands on, and what a scan finds in the modules: handlers and validators, nothing else.</summary>
public static class PlatformServices
{
    public static IServiceCollection AddPlatform(
        this IServiceCollection services,
        IConfiguration configuration,
        IReadOnlyList<Assembly> modules
    )
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(modules);
        // A sentence about a field names it as its caller wrote it, and not as the code does: 'branchCode', and not 'Body Branch Code'.
        ValidatorOptions.Global.DisplayNameResolver = (_, member, expression) =>
            expression is not null && PropertyChain.FromExpression(expression) is { Count: > 0 } chain ? Problem.FieldName(chain.ToString())
            : member is null ? null
            : Problem.FieldName(member.Name);
        var dialect = Dialect.For(Required(configuration, "Database:Provider"));
        var connection = Required(configuration, "Database:ConnectionString");
        Assembly[] assemblies = [.. modules.Prepend(typeof(PlatformServices).Assembly).Distinct()];

        services.AddSingleton(dialect);
        services.AddSingleton(new ModelAssemblies(assemblies));
        services.AddPooledDbContextFactory<AppDb>(o =>
        {
            dialect.Configure(o, connection);
            o.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
            // The proofs of the books take some flaws, any: which ones does not matter.
            o.ConfigureWarnings(w => w.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning));
            // What fails is thrown, and logged by whoever catches it: a database that is away must not fill the log.
            o.ConfigureWarnings(w =>
                w.Ignore(
                    CoreEventId.QueryIterationFailed,
                    CoreEventId.SaveChangesFailed,
                    RelationalEventId.ConnectionError,
                    RelationalEventId.TransactionError,
                    RelationalEventId.CommandError
                )
            );
            o.AddInterceptors(new SentWrites());
        });
        services.AddScoped(s => s.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContext());
        services.AddSingleton<TimeProvider>(new WholeMicroseconds());
        services.AddSingleton<OutageLog>();
        services.AddSingleton<BooksMetrics>();
        services.AddSingleton<Numbers>();
        services.AddHostedService<ProcessNodes>();
        services.AddSingleton<Books>();
        services.AddHostedService(s => s.GetRequiredService<Books>());
        services.AddSingleton<Stamps>();
        services.AddSingleton<OwnerNames>();
        foreach (var table in SealedTables.OfPlatform)
        {
            services.AddSingleton(table);
        }

        services.AddSingleton<SealAnchors>();
        services.AddSingleton<Sealer>();
        services.AddSingleton<SealChain>();
        services.AddSingleton<AuditChain>();
        services.AddSingleton<BooksProof>();
        services.AddHostedService<Housekeeping>();
        services.AddScoped<RequestContext>();
        services.AddScoped<Sender>();
        services.AddScoped<ApprovalRequests>();
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped<ServiceFactory>(s => s.GetService!);
        services.AddRequests(assemblies);
        return services;
    }

    private static string Required(IConfiguration configuration, string key) =>
        configuration[key] is { Length: > 0 } value
            ? value
            : throw new StartRefusedException(
                $"{key} is not set; set it in appsettings.json or as {key.Replace(":", "__", StringComparison.Ordinal)} in the environment.",
                $"未设置 {key}，请在 appsettings.json 或环境变量中设置。"
            );
}
