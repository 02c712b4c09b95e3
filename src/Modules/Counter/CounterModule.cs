using Counter.BlankInvoices;
using Counter.BusinessDay;
using Counter.Transactions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Counter;

/// <summary>Where customers are served: the branch's day, its transactions, ways of paying and cash (PL-03, PL-04).</summary>
public sealed class CounterModule : ILedgerModule
{
    public IReadOnlyList<Right> Rights => [.. CounterRights.All, .. BlankRights.All];

    public IReadOnlyList<AccountType> AccountTypes => CounterAccounts.All;

    public IReadOnlyList<TransactionType> TransactionTypes => CounterTransactions.All;

    public string ApiDescription => "The branch's business date and its day-end, and the transactions of all modules.";

    public IReadOnlyList<ApiWord> ApiWords =>
        [
            new("date") { Meaning = "A business date of the branch." },
            new("invoiceCode") { Meaning = "The code of the invoices, 12 digits.", Text = "144031900111" },
            new("movementId") { Meaning = "The id of an entry in the register of blank invoices." },
        ];

    public IReadOnlyList<ICarterModule> Endpoints =>
        [
            new GetTransaction.Endpoint(),
            new CloseDay.Endpoint(),
            new GetCurrentDay.Endpoint(),
            new GetDayEnd.Endpoint(),
            new ReceiveBlanks.Endpoint(),
            new ReturnBlanks.Endpoint(),
            new OfferBlanks.Endpoint(),
            new AnswerHandover.Endpoint(),
            new WriteOffBlanks.Endpoint(),
            new CountBlanks.Endpoint(),
            new ListBlanks.Endpoint(),
            new ListBlankMovements.Endpoint(),
        ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddDayEnd();
        services.AddScoped<BlankStock>();
    }
}
