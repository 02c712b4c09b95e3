using Counter.Transactions;
using Customers.Reach;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Documents;
using Platform.Ledger;
using Platform.Parameters;
using Platform.Requests;

namespace Customers;

/// <summary>Who the customers are, who may see them, and their page (FC-43.1).</summary>
public sealed class CustomersModule : IModule
{
    public IReadOnlyList<Right> Rights => CustomerRights.All;

    public IReadOnlyList<Parameter> Parameters => CustomerParameters.All;

    public string ApiDescription => "Customers: finding them, and their page.";

    public IReadOnlyList<ICarterModule> Endpoints => [new GetCustomer.Endpoint(), new SearchCustomers.Endpoint()];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOwnerNames(
            TransactionParties.Customer,
            (db, ids) => db.Set<Customer>().Where(c => ids.Contains(c.Id)).Select(c => new OwnerName(c.Id, c.Code))
        );
        services.AddSingleton<LookUpCounts>();
        services.AddScoped<LookUps>();
        services.AddScoped<CustomerReach>();
        services.AddScoped<TransactionReach>(s => s.GetRequiredService<CustomerReach>());
    }
}
