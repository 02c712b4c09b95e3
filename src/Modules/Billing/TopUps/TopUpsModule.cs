using Billing.TopUps.Carriers;
using Billing.TopUps.Credit;
using Billing.TopUps.Documents;
using Billing.TopUps.Exceptions;
using Billing.TopUps.Line;
using Billing.TopUps.Pins;
using Billing.TopUps.Redemptions;
using Billing.TopUps.Reports;
using Billing.TopUps.Sales;
using Billing.TopUps.Statements;
using Billing.TopUps.Tills;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Outbox;

namespace Billing.TopUps;

/// <summary>移动充值: mobile top-ups, points and coupons of a chain of stores (MT-01 to MT-05).</summary>
public sealed class TopUpsModule : ILedgerModule
{
    public IReadOnlyList<Right> Rights => TopUpRights.All;

    public IReadOnlyList<Setting> Settings => TopUpSettings.All;

    public IReadOnlyList<AccountType> AccountTypes => TopUpAccounts.All;

    public IReadOnlyList<TransactionType> TransactionTypes => TopUpTransactions.All;

    public IReadOnlyList<Parameter> Parameters => TopUpParameters.All;

    public IReadOnlyList<EventType> Events => TopUpEvents.Declared.All;

    public string ApiDescription =>
        "Mobile top-ups at a store's tills, prepaid PINs, points and coupons: sales, the service desk, carriers and their credit, and reports.";

    public IReadOnlyList<ApiWord> ApiWords => TopUpApiWords.All;

    public IReadOnlyList<ICarterModule> Endpoints =>
        [
            new SetTopUpCarrier.Endpoint(),
            new ListTopUpCarriers.Endpoint(),
            new SetTopUpPrefix.Endpoint(),
            new ProposeCarrier.Endpoint(),
            new PayCarrierCredit.Endpoint(),
            new GetCarrierCredit.Endpoint(),
            new SellTopUp.Endpoint(),
            new GetTopUp.Endpoint(),
            new CancelTopUp.Endpoint(),
            new LookUpTopUps.Endpoint(),
            new RefundTopUp.Endpoint(),
            new TakeCallBack.Endpoint(),
            new ListTopUps.Endpoint(),
            new GetTopUpTotals.Endpoint(),
            new ExportTopUps.Endpoint(),
            new ListTopUpExceptions.Endpoint(),
            new SettleTopUpException.Endpoint(),
            new ReceivePins.Endpoint(),
            new GetPinBatch.Endpoint(),
            new SellPin.Endpoint(),
            new ShowPin.Endpoint(),
            new AllowPinAgain.Endpoint(),
            new RedeemCode.Endpoint(),
            new ConfirmRedemption.Endpoint(),
            new UndoRedemption.Endpoint(),
            new ListRedemptions.Endpoint(),
            new GetRedemptionTotals.Endpoint(),
            new ExportRedemptions.Endpoint(),
            new TakeTillData.Endpoint(),
            new TakeTillFile.Endpoint(),
            new GetTopUpSummary.Endpoint(),
            new ExportTopUpSummary.Endpoint(),
            new GetRedemptionSummary.Endpoint(),
            new ExportRedemptionSummary.Endpoint(),
            new ListMissingReceipts.Endpoint(),
            new CompareStatement.Endpoint(),
            new ListStatementDifferences.Endpoint(),
            new SettleStatementDifference.Endpoint(),
        ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOwnerNames(
            TopUpOwners.Carrier,
            (db, ids) => db.Set<TopUpCarrier>().Where(c => ids.Contains(c.Id)).Select(c => new OwnerName(c.Id, c.Code))
        );
        services.AddOwnerNames(TopUpOwners.TopUp, id => SerialNumber.Of(id));
        services.AddDayEndLines(TopUpDayEnd.Lines);
        foreach (var paper in TopUpPapers.All)
        {
            services.AddDocument(paper);
        }

        services.TryAddScoped<Intents>();
        services.AddCarrierClient(configuration);
        services
            .AddSingleton<CarrierCredit>()
            .AddSingleton<PinVault>()
            .AddSingleton<PinReservations>()
            .AddSingleton<RedemptionCodes>()
            .AddScoped<Prefixes>()
            .AddScoped<TopUpIntents>()
            .AddScoped<TopUpSteps>()
            .AddScoped<TopUpViews>()
            .AddScoped<TopUpSearch>()
            .AddScoped<RedemptionSteps>()
            .AddScoped<RedemptionSearch>()
            .AddScoped<TillIntake>()
            .AddScoped<TopUpSummaryReport>()
            .AddScoped<SummaryScope>();
        if (!CarrierServices.IsConfigured(configuration))
        {
            // Nobody would answer, and each would look for work in the database twice a second.
            return;
        }

        services.AddHostedService<TopUpAsker>();
        services.AddHostedService<RedemptionAdviser>();
    }
}
