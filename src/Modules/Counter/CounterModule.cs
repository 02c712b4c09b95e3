using Counter.BusinessDay;
using Counter.Transactions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Counter;

/// <summary>Where customers are served: the branch's day, its transactions, ways of paying and cash (PL-03, PL-04).</summary>
public sealed class CounterModule : ILedgerModule
{
    public IReadOnlyList<Right> Rights => CounterRights.All;

    public IReadOnlyList<AccountType> AccountTypes => CounterAccounts.All;

    public IReadOnlyList<TransactionType> TransactionTypes => CounterTransactions.All;

    public string ApiDescription => "The branch's business date and its day-end, and the transactions of all modules.";

    public IReadOnlyList<ApiWord> ApiWords => [new("date") { Meaning = "A business date of the branch." }];

    public IReadOnlyList<ICarterModule> Endpoints =>
        [new GetTransaction.Endpoint(), new CloseDay.Endpoint(), new GetCurrentDay.Endpoint(), new GetDayEnd.Endpoint()];

    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddDayEnd();
}
