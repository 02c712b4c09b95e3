using System.Reflection;
using Access;
using Platform.Documents;
using Platform.Tables;

namespace Api;

/// <summary>The modules of the product, by hand and in order.</summary>
internal static class ModuleList
{
    public static readonly IReadOnlyList<IModule> All =
    [
        new Platform.Cards.Operations.CardOperationsModule(),
        new DocumentsModule(),
        new AccessModule(),
        new Counter.CounterModule(),
        new Customers.CustomersModule(),
        new Issuance.IssuanceModule(),
        new Cheques.ChequesModule(),
        new Funding.FundingModule(),
        new Refunds.RefundsModule(),
        new Billing.Electricity.ElectricityModule(),
        new Billing.TopUps.TopUpsModule(),
        new Meters.MetersModule(),
    ];

    /// <summary>Where rows and refusals are declared: in the modules, and in the rooms that are none.</summary>
    public static IReadOnlyList<Assembly> Rooms(IReadOnlyList<IModule> modules) =>
        [
            typeof(AppDb).Assembly,
            typeof(Books).Assembly,
            typeof(TableExport).Assembly,
            .. modules.Select(m => m.GetType().Assembly).Distinct(),
        ];
}
