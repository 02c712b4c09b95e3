using Access;
using Issuance.Customers;
using Issuance.Documents;
using Issuance.Issuing;
using Issuance.Restrictions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform;
using Platform.CardOperations;

namespace Issuance;

/// <summary>Customers and cards: opening, issuing, showing (FC-01 to FC-08, FC-43.1).</summary>
public sealed class IssuanceModule : IModule
{
    public IReadOnlyList<Right> Rights => IssuanceRights.All;

    public IReadOnlyList<IEndpointModule> Endpoints =>
        [
            new Issuing.OpenPersonalSingle.Endpoint(),
            new RestrictCard.Endpoint(),
            new GetRestrictions.Endpoint(),
            new GetCustomer.Endpoint(),
            new FindCard.Endpoint(),
        ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddDocument(ApplicationForm.Kind).AddDocument(FeeReceipt.Kind);
        services.AddSingleton<CardMemory>();
        services.AddSingleton<IssueOrders>();
        services.AddScoped(s => new BearerCards(s.GetRequiredService<IssueOrders>(), s.GetRequiredService<Parameters>()));
        services.AddScoped<CardOperationFlow, IssueFlow>();
        services.AddScoped<CardOperationFlow, RestrictFlow>();
    }
}
