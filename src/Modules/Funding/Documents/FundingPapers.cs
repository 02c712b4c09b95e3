using Platform.Documents;

namespace Funding.Documents;

/// <summary>Which papers the answers of this module link to.</summary>
internal static class FundingPapers
{
    /// <summary>预收款凭证, also of its void and reversal (FC-09.9, FC-17.6).</summary>
    public static IReadOnlyList<DocumentLink> AdvanceReceipt(string serialNumber) =>
        [DocumentLink.To(Documents.AdvanceReceipt.Kind.Name, serialNumber)];

    /// <summary>额度预分配申请表 (FC-13.5).</summary>
    public static IReadOnlyList<DocumentLink> AllocationForm(string serialNumber) =>
        [DocumentLink.To(Documents.AllocationForm.Kind.Name, serialNumber)];

    /// <summary>圈存圈提单 (FC-15.7, FC-19.3).</summary>
    public static IReadOnlyList<DocumentLink> LoadSlip(string serialNumber) =>
        [DocumentLink.To(Documents.LoadSlip.Kind.Name, serialNumber)];

    /// <summary>批量充值回执单 of a list's submission, voiding or retrieval (FC-20.3).</summary>
    public static DocumentLink RechargeListReceipt(string serialNumber) =>
        DocumentLink.To(Documents.RechargeListReceipt.Kind.Name, serialNumber);

    /// <summary>批量充值清单: the list's lines (FC-24.1).</summary>
    public static DocumentLink RechargeListLines(string serialNumber) =>
        DocumentLink.To(Documents.RechargeListReceipt.WholeList.Name, serialNumber);
}
