using System.Reflection;
using Access;
using Platform.Documents;

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
    ];

    /// <summary>Where the rows of the database are declared.</summary>
    public static IReadOnlyList<Assembly> OfRows(IReadOnlyList<IModule> modules) =>
        [typeof(AppDb).Assembly, typeof(Books).Assembly, .. modules.Select(m => m.GetType().Assembly).Distinct()];
}
