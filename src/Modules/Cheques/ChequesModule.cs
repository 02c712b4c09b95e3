using Access.SystemParameters;
using Cheques.Claims;
using Cheques.Documents;
using Counter.BusinessDay;
using Issuance;
using Issuance.Closings;
using Issuance.Issuing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Documents;
using Platform.Parameters;

namespace Cheques;

/// <summary>Customers' cheques: received, cleared, bounced, paid with (FC-31 to FC-34).</summary>
public sealed class ChequesModule : ILedgerModule
{
    public IReadOnlyList<Right> Rights => ChequeRights.All;

    public IReadOnlyList<AccountType> AccountTypes => ChequeAccounts.All;

    public IReadOnlyList<TransactionType> TransactionTypes => ChequeTransactions.All;

    public IReadOnlyList<Parameter> Parameters => ChequeParameters.All;

    public string ApiDescription => "Cheques, from receipt to clearing or bouncing, and the payments made with them.";

    public IReadOnlyList<ApiWord> ApiWords => ChequeApiWords.All;

    public IReadOnlyList<ICarterModule> Endpoints =>
        [
            new ReceiveCheque.Endpoint(),
            new ReceiveChequeWithCard.Endpoint(),
            new ClearCheque.Endpoint(),
            new BounceCheque.Endpoint(),
            new ListCheques.Endpoint(),
            new ListUsableCheques.Endpoint(),
            new SetChequeMode.Endpoint(),
            new ListBanks.Endpoint(),
            new PayClaim.Endpoint(),
            new TakeClaimPaymentBack.Endpoint(),
        ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOwnerNames(
            IssuanceOwners.Cheque,
            (db, ids) => db.Set<Cheque>().Where(c => ids.Contains(c.Id)).Select(c => new OwnerName(c.Id, c.Number))
        );
        services.AddCustomerPart(new ChequesOnCustomerPage());
        services.AddClosingPart<ChequesInClosing>();
        services.AddDayEndLines(ChequeDayEnd.Lines);
        services.AddDocument(ChequeReceipt.Kind);
        services.AddDocument(ClaimReceipt.Kind);
        services.AddScoped<ChequeReceiving>();
        services.AddScoped<ChequePayments>();
        services.AddScoped<ReceivedCheques>();
        services.AddScoped<ChequeTakesFeesBack>(s => s.GetRequiredService<ChequePayments>().GiveFeesBackTo);
        services.AddScoped<ChequeForFees>(s => s.GetRequiredService<ChequePayments>().FindForFees);
    }
}
