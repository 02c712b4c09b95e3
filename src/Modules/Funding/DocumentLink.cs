namespace Funding;

/// <summary>A document that can be printed for a transaction.</summary>
/// <param name="Kind" example="advance-receipt">The stable name of the kind.</param>
/// <param name="Href" example="/v1/transactions/00030150224112025607/documents/advance-receipt">The URL of the document.</param>
public sealed record DocumentLink(string Kind, string Href)
{
    /// <summary>预收款凭证, also of its void and reversal (FC-09.9, FC-17.6).</summary>
    internal static IReadOnlyList<DocumentLink> AdvanceReceipt(string serialNumber) => [Of("advance-receipt", serialNumber)];

    /// <summary>额度预分配申请表 (FC-13.5).</summary>
    internal static IReadOnlyList<DocumentLink> AllocationForm(string serialNumber) => [Of("allocation-form", serialNumber)];

    /// <summary>日结单 (PL-04.1).</summary>
    internal static IReadOnlyList<DocumentLink> DayEndSheet(string serialNumber) => [Of("day-end-sheet", serialNumber)];

    /// <summary>圈存圈提单 (FC-15.7, FC-19.3).</summary>
    internal static IReadOnlyList<DocumentLink> LoadSlip(string serialNumber) => [Of("load-slip", serialNumber)];

    /// <summary>批量充值回执单 of a list's submission, voiding or retrieval (FC-20.3).</summary>
    internal static DocumentLink RechargeListReceipt(string serialNumber) => Of("recharge-list-receipt", serialNumber);

    /// <summary>批量充值清单: the list's lines (FC-24.1).</summary>
    internal static DocumentLink RechargeListLines(string serialNumber) => Of("recharge-list-lines", serialNumber);

    private static DocumentLink Of(string kind, string serialNumber) => new(kind, $"/v1/transactions/{serialNumber}/documents/{kind}");
}
