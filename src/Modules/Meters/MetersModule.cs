using Counter.BusinessDay;
using Meters.Accounts;
using Meters.Cards;
using Meters.Changes;
using Meters.Documents;
using Meters.Prices;
using Meters.Reports;
using Meters.Sales;
using Meters.Supplies;
using Meters.Tokens;
using Meters.Tools;
using Meters.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;
using Platform.Documents;
using Platform.Outbox;
using Platform.Parameters;
using Platform.Settings;

namespace Meters;

/// <summary>Prepaid IC-card meters (PM-01 to PM-14).</summary>
public sealed class MetersModule : ILedgerModule
{
    public IReadOnlyList<Right> Rights => MeterRights.All;

    public IReadOnlyList<AccountType> AccountTypes => MeterLedger.All;

    public IReadOnlyList<TransactionType> TransactionTypes => MeterTransactions.All;

    public IReadOnlyList<Setting> Settings => TokenProfile.Settings;

    public IReadOnlyList<Parameter> Parameters => MeterParameters.All;

    public IReadOnlyList<EventType> Events => MeterEvents.Declared.All;

    public string ApiDescription =>
        "Prepaid meters: accounts, prices and users; sales to meter cards and what changes them; tool cards; reports.";

    public IReadOnlyList<ApiWord> ApiWords => MeterApiWords.All;

    public IReadOnlyList<ICarterModule> Endpoints =>
        [
            new CreateMeterAccount.Endpoint(),
            new GetMeterAccount.Endpoint(),
            new ListMeterAccounts.Endpoint(),
            new AddMeterPrice.Endpoint(),
            new GetMeterPrice.Endpoint(),
            new AdjustMeterPrice.Endpoint(),
            new ModifyMeterPrice.Endpoint(),
            new DeleteMeterPrice.Endpoint(),
            new RegisterMeterUser.Endpoint(),
            new SearchMeterUsers.Endpoint(),
            new GetMeterUser.Endpoint(),
            new RemoveMeterUser.Endpoint(),
            new TransferMeterUser.Endpoint(),
            new ChangeMeterUserPrice.Endpoint(),
            new ReadMeterCard.Endpoint(),
            new GetMeterCardRead.Endpoint(),
            new MakeMeterCard.Endpoint(),
            new PrintMeterCardList.Endpoint(),
            new OpenMeterUser.Endpoint(),
            new SellMeter.Endpoint(),
            new CorrectMeterSale.Endpoint(),
            new GiveMeterPurchaseBack.Endpoint(),
            new CloseMeterSupply.Endpoint(),
            new ReplaceMeterCard.Endpoint(),
            new ChangeMeter.Endpoint(),
            new OpenTokenMeter.Endpoint(),
            new SellMeterToken.Endpoint(),
            new GetLastMeterToken.Endpoint(),
            new ChangeMeterKey.Endpoint(),
            new ReportMeterSales.Endpoint(),
            new ReportMeterStock.Endpoint(),
            new ReportSuspiciousMeterUsers.Endpoint(),
            new ReportMeterLosses.Endpoint(),
            new ListMeterReadings.Endpoint(),
            new ExportMeterReport.Endpoint(),
        ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOwnerNames(
            MeterOwners.MeterAccount,
            (db, ids) => db.Set<MeterAccount>().Where(a => ids.Contains(a.Id)).Select(a => new OwnerName(a.Id, a.Name))
        );
        services.AddDayEndLines(MeterDayEnd.Lines);
        services
            .AddDocument(MeterSlip.Kind)
            .AddDocument(MeterChangeSlip.Kind)
            .AddDocument(MeterKeySlip.Kind)
            .AddDocument(MeterCardList.Kind);
        services.AddCardScript(new MeterCardScript());
        services.AddSingleton<MeterVault>();
        services.AddSingleton<TokenProfile>();
        services.AddScoped<PriceBook>().AddScoped<PriceUse>().AddScoped<PriceViews>();
        services.AddScoped<CardsOnCounter>().AddScoped<MeterSightings>();
        services.AddScoped<SaleDesk>().AddScoped<OpeningDesk>().AddScoped<LastSales>().AddScoped<TakenBackSales>().AddScoped<SaleBooks>();
        services.AddScoped<MeterReports>().AddScoped<SuspicionReport>();
        AddFlows(services);
    }

    private static void AddFlows(IServiceCollection services)
    {
        foreach (var kind in Enum.GetValues<MeterSaleKind>())
        {
            services.AddScoped<CardOperationFlow>(s => new SaleFlow(
                kind,
                s.GetRequiredService<AppDb>(),
                s.GetRequiredService<CardsOnCounter>(),
                s.GetRequiredService<MeterSightings>(),
                s.GetRequiredService<SaleBooks>()
            ));
        }

        services.AddScoped<CardOperationFlow, ReadMeterCardFlow>();
        services.AddScoped<CardOperationFlow, MakeMeterCardFlow>();
        services.AddScoped<CardOperationFlow, ReplaceMeterCardFlow>();
        services.AddScoped<CardOperationFlow, ChangeMeterFlow>();
    }
}
