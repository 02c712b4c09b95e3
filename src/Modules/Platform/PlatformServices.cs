using System.Reflection;
using FluentValidation;
using FluentValidation.Internal;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Persistence;
using Platform.Persistence.Dialects;
using Platform.Problems;
using Platform.Requests;

namespace Platform;

/// <summary>Registers what every module stands on.</summary>
public static class PlatformServices
{
    public static IServiceCollection AddPlatform(
        this IServiceCollection services,
        IConfiguration configuration,
        IReadOnlyList<Assembly> rows
    )
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(rows);
        // A sentence about a field names it as its caller wrote it, and not as the code does: 'branchCode', and not 'Body Branch Code'.
        ValidatorOptions.Global.DisplayNameResolver = (_, member, expression) =>
            expression is not null && PropertyChain.FromExpression(expression) is { Count: > 0 } chain ? Problem.FieldName(chain.ToString())
            : member is null ? null
            : Problem.FieldName(member.Name);
        var dialect = Dialect.For(Required(configuration, "Database:Provider"));
        var connection = Required(configuration, "Database:ConnectionString");

        services.AddSingleton(dialect);
        services.AddSingleton(new ModelAssemblies(rows));
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
        services.AddSingleton<Numbers>();
        services.AddHostedService<ProcessNodes>();
        services.AddScoped<RequestContext>();
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
