using Platform.Parameters;

namespace Funding;

/// <summary>Names of payments, contracts and recharge lists, as the description of the API has them.</summary>
internal static class FundingApiWords
{
    public static readonly IReadOnlyList<ApiWord> All =
    [
        new("afterClosing") { Meaning = "`true` lists claims on closed customers; `false`, the default, the other records." },
        new("bonusBasisPoints") { Number = 100 },
        new("code", ApiPlace.Parameter) { Meaning = "The discount contract's code.", Text = "AUTUMN-2026" },
        new("decided") { Meaning = "`true` returns decided records; `false`, the default, returns undecided records." },
        new("ended") { Meaning = "`true` returns ended contracts only, `false` the others only. Omit it for both." },
        new("fileName") { Meaning = "The submitter's name for the file, at most 120 characters." },
        new("fromAmount") { Number = 100_000 },
        new("operator", ApiPlace.Parameter)
        {
            Meaning = "Filter by the login of the operator who booked the transaction.",
            Text = "wang.fang",
        },
        new("referenceNumber") { Text = "POS-20261122-0007" },
        new("repeat") { Meaning = "`true` submits an identical file again." },
        new("saleId") { Meaning = "The sale of bearer cards; the response to opening it contains the id." },
        new("submittedFrom") { Meaning = "Lists submitted at or after this instant." },
        new("submittedTo") { Meaning = "Lists submitted before this instant." },
        new("templateId") { Meaning = "The template's id, from the list of templates." },
        new("validOn") { Meaning = "Contracts in force on this date." },
    ];
}
