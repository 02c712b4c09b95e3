using System.Reflection;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Platform.Ledger.Requests;
using Platform.Ledger.Requests.Pipeline;
using Platform.Ledger.Seals;

namespace Platform.Ledger;

/// <summary>Registers the books, and what a scan finds in the modules: handlers and validators, nothing else.</summary>
public static class LedgerServices
{
    public static IServiceCollection AddLedger(this IServiceCollection services, IReadOnlyList<IModule> modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        var books = modules.OfType<ILedgerModule>().ToList();
        services.AddSingleton(new AccountTypes(books.SelectMany(m => m.AccountTypes)));
        services.AddSingleton(new TransactionTypes(books.SelectMany(m => m.TransactionTypes)));
        services.AddSingleton<BooksMetrics>();
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
        services.AddScoped<Sender>();
        services.AddScoped<ApprovalRequests>();
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped<ServiceFactory>(s => s.GetService!);
        Assembly[] assemblies = [.. modules.Select(m => m.GetType().Assembly).Distinct()];
        services.AddRequests(assemblies);
        return services;
    }
}
