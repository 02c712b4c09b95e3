using Access;
using Platform;

namespace Api;

/// <summary>The modules of the product, by hand and in order.</summary>
internal static class ModuleList
{
    public static readonly IReadOnlyList<IModule> All =
    [
        new Platform.CardOperations.CardOperationsModule(),
        new DocumentsModule(),
        new AccessModule(),
        new Issuance.IssuanceModule(),
        new Cheques.ChequesModule(),
        new Funding.FundingModule(),
    ];
}
