using Platform;

namespace Cheques;

/// <summary>Names of cheques, as the description of the API has them.</summary>
internal static class ChequeApiWords
{
    public static readonly IReadOnlyList<ApiWord> All =
    [
        new("chequeId") { Meaning = "The cheque, as receiving it answered." },
        new("chequeNumber") { Meaning = "The number printed on the cheque, whole." },
        new("standing") { Meaning = "Only cheques that stand so." },
    ];
}
