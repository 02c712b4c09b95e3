using Platform;

namespace Funding;

/// <summary>Names of payments, contracts, recharge lists and the branch's day, as the description of the API has them.</summary>
internal static class FundingApiWords
{
    public static readonly IReadOnlyList<ApiWord> All =
    [
        new("bonusBasisPoints") { Number = 100 },
        new("code", ApiPlace.Parameter) { Meaning = "The discount contract's code.", Text = "AUTUMN-2026" },
        new("date") { Meaning = "A business date of the branch." },
        new("decided") { Meaning = "true: the records that somebody has decided on; false or left out: those that wait." },
        new("ended") { Meaning = "true: only contracts that were ended; false: only the others; left out: both." },
        new("fileName") { Meaning = "What the submitter calls the file, at most 120 characters." },
        new("fromAmount") { Number = 100_000 },
        new("operator", ApiPlace.Parameter) { Meaning = "Only what this operator booked: its login.", Text = "wang.fang" },
        new("referenceNumber") { Text = "POS-20261122-0007" },
        new("repeat") { Meaning = "true: the same file is meant once more." },
        new("saleId") { Meaning = "The sale of bearer cards, as opening it answered." },
        new("submittedFrom") { Meaning = "Only lists submitted at this instant or later." },
        new("submittedTo") { Meaning = "Only lists submitted before this instant." },
        new("templateId") { Meaning = "The template, as the list shows it." },
        new("validOn") { Meaning = "Only contracts in force on this date." },
    ];
}
