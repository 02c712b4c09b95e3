namespace Cheques;

/// <summary>Names of cheques, as the description of the API has them.</summary>
internal static class ChequeApiWords
{
    public static readonly IReadOnlyList<ApiWord> All =
    [
        new("chequeId") { Meaning = "The cheque's id; the response to receiving it contains the id." },
        new("chequeNumber") { Meaning = "The full number printed on the cheque." },
        new("standing") { Meaning = "Filter by status." },
    ];
}
