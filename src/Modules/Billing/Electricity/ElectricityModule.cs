using Billing.Electricity.Contracts;
using Billing.Electricity.Days;
using Billing.Electricity.Debits;
using Billing.Electricity.Deposits;
using Billing.Electricity.Documents;
using Billing.Electricity.Fees;
using Billing.Electricity.Invoices;
using Billing.Electricity.Merchants;
using Billing.Electricity.PayerAccounts;
using Billing.Electricity.Payments;
using Billing.Electricity.Power;
using Billing.Electricity.Queries;
using Billing.Electricity.Quotes;
using Billing.Electricity.Reconciliation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Billing.Electricity;

/// <summary>银电通: collection of electricity bills for a power group's supply companies (EB-01 to EB-11).</summary>
public sealed class ElectricityModule : ILedgerModule
{
    public IReadOnlyList<Right> Rights => ElectricityRights.All;

    public IReadOnlyList<Setting> Settings => ElectricitySettings.All;

    public IReadOnlyList<AccountType> AccountTypes => ElectricityAccounts.All;

    public IReadOnlyList<TransactionType> TransactionTypes => ElectricityTransactions.All;

    public IReadOnlyList<Parameter> Parameters => ElectricityParameters.All;

    public string ApiDescription =>
        "Collection of electricity bills: supply companies, collections and their reversals, batch debits, deposits of the power "
        + "side, and reconciliation.";

    public IReadOnlyList<ApiWord> ApiWords => ElectricityApiWords.All;

    public IReadOnlyList<ICarterModule> Endpoints =>
        [
            new SetMerchant.Endpoint(),
            new SetUnit.Endpoint(),
            new GetUnit.Endpoint(),
            new ListUnits.Endpoint(),
            new ListUnitChanges.Endpoint(),
            new SetInstitutionNumber.Endpoint(),
            new ApplyForAdmission.Endpoint(),
            new MoveAdmission.Endpoint(),
            new ListAdmissions.Endpoint(),
            new ListElectricityFunctions.Endpoint(),
            new OpenPayerAccount.Endpoint(),
            new GetPayerAccount.Endpoint(),
            new MovePayerCash.Endpoint(),
            new SetPayerAccountState.Endpoint(),
            new ShowElectricityCustomer.Endpoint(),
            new QuoteBill.Endpoint(),
            new CollectBill.Endpoint(),
            new GetBillPayment.Endpoint(),
            new ListBillPayments.Endpoint(),
            new GetBillPaymentTotals.Endpoint(),
            new ExportBillPayments.Endpoint(),
            new ReverseBillPayment.Endpoint(),
            new PayOwed.Endpoint(),
            new PrintElectricityInvoice.Endpoint(),
            new ShowPowerDeposit.Endpoint(),
            new PayPowerDeposit.Endpoint(),
            new ReversePowerDeposit.Endpoint(),
            new AcceptOtherBankCheque.Endpoint(),
            new DecideOtherBankCheque.Endpoint(),
            new AddDebitContract.Endpoint(),
            new ChangeDebitContract.Endpoint(),
            new EndDebitContract.Endpoint(),
            new ShowDebitContract.Endpoint(),
            new SubmitDebitFile.Endpoint(),
            new FetchDebitFile.Endpoint(),
            new SteerDebitFile.Endpoint(),
            new GetDebitFile.Endpoint(),
            new GetDebitResult.Endpoint(),
            new ListDebitCodes.Endpoint(),
            new SignOnPowerSide.Endpoint(),
            new CloseWorkDate.Endpoint(),
            new GetWorkDate.Endpoint(),
            new CompareTotals.Endpoint(),
            new ListDifferences.Endpoint(),
            new ListDifferenceSteps.Endpoint(),
            new SettleDifference.Endpoint(),
            new ChargeCollectionFee.Endpoint(),
        ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOwnerNames(
            ElectricityOwners.Unit,
            (db, ids) => db.Set<AccountingUnit>().Where(u => ids.Contains(u.Id)).Select(u => new OwnerName(u.Id, u.Code))
        );
        services.AddOwnerNames(
            ElectricityOwners.PayerAccount,
            (db, ids) => db.Set<PayerAccount>().Where(a => ids.Contains(a.Id)).Select(a => new OwnerName(a.Id, a.Number))
        );
        services.AddOwnerNames(ElectricityOwners.Payment, id => SerialNumber.Of(id));
        services.AddDayEndLines(ElectricityDayEnd.Lines);
        foreach (var paper in ElectricityPapers.All)
        {
            services.AddDocument(paper);
        }

        services.TryAddScoped<Intents>();
        services.AddPowerClient(configuration);
        services
            .AddScoped<IPayerAccounts, OwnPayerAccounts>()
            .AddScoped<Admissions>()
            .AddScoped<ServedUnits>()
            .AddScoped<WorkDates>()
            .AddScoped<IntentBooks>()
            .AddScoped<PaymentIntents>()
            .AddScoped<PaymentSteps>()
            .AddScoped<PaymentViews>()
            .AddScoped<Reversals>()
            .AddScoped<PaymentSearch>()
            .AddScoped<DepositIntents>()
            .AddScoped<ContractDesk>()
            .AddScoped<DebitFileIntake>()
            .AddScoped<DebitFileShelf>()
            .AddScoped<DebitFiles>()
            .AddScoped<DebitRun>()
            .AddScoped<BankLines>()
            .AddScoped<UnitReconciliation>()
            .AddScoped<WorkDateSteps>();
        if (!PowerServices.IsConfigured(configuration))
        {
            // Nobody would answer, and each would look for work in the database twice a second.
            return;
        }

        services.AddHostedService<OldQuotes>();
        services.AddHostedService<PaymentAsker>();
        services.AddHostedService<DifferenceAsker>();
        services.AddHostedService<WorkDateClosing>();
        services.AddHostedService<DebitWorker>();
        services.AddHostedService<ElectricitySchedule>();
    }
}
