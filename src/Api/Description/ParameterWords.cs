using System.Collections.Frozen;
using Microsoft.OpenApi;

namespace Api;

/// <summary>
/// What parameters mean, by their names, which mean the same wherever they stand; but a name in a path may mean something else than in a query.
/// </summary>
internal static class ParameterWords
{
    private static readonly FrozenDictionary<string, string> s_words = new Dictionary<string, string>
    {
        ["action"] = "Only records of this action, such as `collect-payment`.",
        ["after"] = "The `next` of the page before; left out: the first page.",
        ["batchId"] = "The batch of sub-cards, as opening it answered.",
        ["branchCode"] = "8 digits of a branch, the caller's own or one below it; the operation says what counts when it is left out.",
        ["Card-Ticket"] = "The one-time ticket that creating the card operation answered.",
        ["cardNumber"] = "16 digits, as printed on the card.",
        ["certificateNumber"] = "The number on the certificate, 5 to 30 characters.",
        ["certificateType"] = "Which certificate.",
        ["chequeId"] = "The cheque, as receiving it answered.",
        ["chequeNumber"] = "The number printed on the cheque, whole.",
        ["code"] = "The discount contract's code.",
        ["customerCode"] = "10 digits of a customer.",
        ["date"] = "A business date of the branch.",
        ["decided"] = "true: the records that somebody has decided on; false or left out: those that wait.",
        ["dryRun"] = "true: try it, show what would be, and book nothing.",
        ["ended"] = "true: only contracts that were ended; false: only the others; left out: both.",
        ["fileName"] = "What the submitter calls the file, at most 120 characters.",
        ["format"] = "The format of the file; the operation names those it knows.",
        ["from"] = "The first business date.",
        ["id"] = "Decimal digits, as lists and answers show it.",
        ["If-Match"] = "The ETag that was read; another version by now is answered 412.",
        ["If-None-Match"] = "The ETag that was read; the same version still is answered 304.",
        ["kind"] = "Only those of this kind.",
        ["limit"] = "How many rows at most.",
        ["name"] = "What the name begins with.",
        ["number"] = "The digits that the card's number begins with, 1 to 16 of them.",
        ["operationId"] = "The card operation, as creating it answered.",
        ["operator"] = "Only what this operator booked: its login.",
        ["operatorId"] = "Only what this operator did.",
        ["outcome"] = "Only those with this outcome.",
        ["phone"] = "The whole phone number.",
        ["recordedFrom"] = "Only records of this instant or later.",
        ["recordedTo"] = "Only records before this instant.",
        ["repeat"] = "true: the same file is meant once more.",
        ["saleId"] = "The sale of bearer cards, as opening it answered.",
        ["serialNumber"] = "20 digits: the number that every document of the transaction shows.",
        ["sessionId"] = "The card session, as opening it answered.",
        ["since"] = "The version that the station has; left out: everything.",
        ["standing"] = "Only cheques that stand so.",
        ["state"] = "Only what stands so.",
        ["subject"] = "Only records about this subject, such as `card:126437891174400002`.",
        ["submittedFrom"] = "Only lists submitted at this instant or later.",
        ["submittedTo"] = "Only lists submitted before this instant.",
        ["templateId"] = "The template, as the list shows it.",
        ["to"] = "The last business date.",
        ["token"] = "What stands in the document's QR code.",
        ["type"] = "Only those of this type.",
        ["validOn"] = "Only contracts in force on this date.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> s_wordsInPaths = new Dictionary<string, string>
    {
        ["kind"] = "Which document of the transaction, as the list of its documents names it.",
        ["name"] = "The parameter's name.",
        ["number"] = "Which printing: 1, 2, 3, …",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Null for one that has no words yet, which a test finds.</summary>
    public static string? Of(string name, ParameterLocation? place) =>
        (place == ParameterLocation.Path ? s_wordsInPaths.GetValueOrDefault(name) : null) ?? s_words.GetValueOrDefault(name);
}
