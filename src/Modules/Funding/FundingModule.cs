using System.Globalization;
using Access.SystemParameters;
using Counter.BusinessDay;
using Funding.Allocations;
using Funding.Allocations.Templates;
using Funding.BatchRecharges;
using Funding.Bearer;
using Funding.Collections;
using Funding.Consumption;
using Funding.Contracts;
using Funding.Documents;
using Funding.GreyUnlocks;
using Funding.Loads;
using Funding.Pending;
using Funding.Recharges;
using Funding.Statements;
using Funding.Transfers;
using Funding.Unloads;
using Issuance.Closings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Cards.Cryptography.Profiles;
using Platform.Cards.Operations;
using Platform.Documents;
using Platform.Outbox;
using Platform.Parameters;
using Platform.Settings;

namespace Funding;

/// <summary>Money in, on and off the card (FC-09 to FC-24).</summary>
public sealed class FundingModule : ILedgerModule
{
    public IReadOnlyList<Right> Rights => [.. FundingRights.All, LoadRights.LoadCard, .. ConsumptionRights.All];

    public IReadOnlyList<AccountType> AccountTypes => FundingAccounts.All;

    public IReadOnlyList<TransactionType> TransactionTypes => FundingTransactions.All;

    public IReadOnlyList<Setting> Settings => FundingSettings.All;

    public IReadOnlyList<Parameter> Parameters => FundingParameters.All;

    public IReadOnlyList<EventType> Events => FundingEvents.Declared.All;

    public string ApiDescription => "Collections, allocations, loads and unloads; discount contracts and station consumption.";

    public IReadOnlyList<ApiWord> ApiWords => FundingApiWords.All;

    public IReadOnlyList<ICarterModule> Endpoints =>
        [
            new LoadCard.Endpoint(),
            new UnloadCard.Endpoint(),
            new RechargePurse.Endpoint(),
            new RechargeAndLoad.Endpoint(),
            new RechargeAndLoadWithCard.Endpoint(),
            new ListPendingOperations.Endpoint(),
            new SettleCardOperation.Endpoint(),
            new SellBearerCards.Endpoint(),
            new IssueBearerCard.Endpoint(),
            new GetBearerSale.Endpoint(),
            new UploadConsumption.Endpoint(),
            new ListConsumption.Endpoint(),
            new ListSetAsideConsumption.Endpoint(),
            new DecideSetAsideConsumption.Endpoint(),
            new UnlockGreyCard.Endpoint(),
            new CollectPayment.Endpoint(),
            new RechargeCustomer.Endpoint(),
            new RechargeWithCard.Endpoint(),
            new CollectWithCard.Endpoint(),
            new VoidCollection.Endpoint(),
            new ReverseCollection.Endpoint(),
            new CheckCorrection.Endpoint(),
            .. StatementEndpoints,
            new Allocate.Endpoint(),
            new AllocateWithCard.Endpoint(),
            new CreateTemplate.Endpoint(),
            new ListTemplates.Endpoint(),
            new GetTemplate.Endpoint(),
            new EditTemplate.Endpoint(),
            new DeleteTemplate.Endpoint(),
            new ReturnReserve.Endpoint(),
            new CreateContract.Endpoint(),
            new EndContract.Endpoint(),
            new ListContracts.Endpoint(),
            new SubmitRechargeList.Endpoint(),
            new ListRechargeLists.Endpoint(),
            new GetRechargeList.Endpoint(),
            new ListRechargeLines.Endpoint(),
            new GetRechargeListFile.Endpoint(),
            new FollowRechargeList.Endpoint(),
            new VoidRechargeList.Endpoint(),
            new ReleaseRechargeList.Endpoint(),
            new RetrieveRechargeList.Endpoint(),
            new GetRechargeResult.Endpoint(),
        ];

    private static IReadOnlyList<ICarterModule> StatementEndpoints =>
        [
            new ListTransactions.Endpoint(),
            new ListCustomerTransactions.Endpoint(),
            new ListCardTransactions.Endpoint(),
            new ExportCustomerTransactions.Endpoint(),
            new ExportCardTransactions.Endpoint(),
        ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddDocument(AdvanceReceipt.Kind).AddDocument(AllocationForm.Kind).AddDocument(LoadSlip.Kind);
        services.AddDocument(RechargeListReceipt.Kind).AddDocument(RechargeListReceipt.WholeList);
        services.AddSingleton<ContractMemory>();
        services.AddScoped<CollectionDesk>();
        services.AddScoped<AllocationDesk>();
        services.AddScoped<StatementReader>();
        services.AddScoped<TemplateDesk>();
        services.AddSingleton<LoadOrders>();
        services.AddScoped<PurseLimits>();
        services.AddScoped<PaidLoadDesk>();
        services.AddScoped<RechargeAndLoadDesk>();
        services.AddScoped<CardOperationFlow, RechargeFlow>();
        services.AddScoped<CardOperationFlow, RechargeAndLoadFlow>();
        services.AddScoped<CardOperationFlow, UnloadFlow>();
        services.AddScoped<CardOperationFollower, FirstRecharge>();
        services.AddScoped<ConsumptionIntake>();
        services.AddScoped<CardConsumption>();
        services.AddScoped<LaterUse>();
        services.AddScoped<CardOperationFlow, GreyUnlockFlow>();
        services.AddScoped<BalanceTransfer>();
        services.AddHostedService<BalanceTransferJob>();
        services.AddRechargeLists();
        services.AddOwnerNames(FundingOwners.RechargeList, SerialNumber.Of);
        services.AddOwnerNames(FundingOwners.Station, station => station.ToString("D8", CultureInfo.InvariantCulture));
        services.AddClosingPart<FundingInClosing>();
        services.AddDayEndCheck<UnresolvedAtDayEnd>();
        services.AddDayEndLines(FundingDayEnd.Lines);
        services.AddSingleton<IBooksRule, ChipRule>();
        services.AddScoped<CardOperationFlow>(s => new LoadFlow(
            s.GetRequiredService<AppDb>(),
            s.GetRequiredService<LoadOrders>(),
            CardApplication.Money
        ));
        services.AddScoped<CardOperationFlow>(s => new LoadFlow(
            s.GetRequiredService<AppDb>(),
            s.GetRequiredService<LoadOrders>(),
            CardApplication.Points
        ));
    }
}
