using Access.Documents;
using Access.Operators;
using Customers;
using Funding.BatchRecharges;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;
using Platform.Tables;

namespace Funding.Documents;

/// <summary>Which step a receipt of a recharge list is of.</summary>
public enum RechargeListStep
{
    /// <summary>提交.</summary>
    Submission,

    /// <summary>撤销.</summary>
    Voiding,

    /// <summary>结果取回.</summary>
    Retrieval,
}

/// <summary>A line on paper.</summary>
/// <param name="Line">The line number in the file.</param>
/// <param name="CardNumber">The text in the file.</param>
/// <param name="HolderName">The text in the file.</param>
/// <param name="Amount">Fen; null where the file's amount is none.</param>
/// <param name="AmountText">The text in the file, if it is not an amount.</param>
/// <param name="Outcome">The outcome of the line.</param>
/// <param name="Reason">Why it is bad or failed, in Chinese.</param>
/// <param name="SerialNumber">The transaction of a posted line.</param>
public sealed record RechargeListPaperLine(
    int Line,
    string CardNumber,
    string? HolderName,
    long? Amount,
    string? AmountText,
    RechargeLineOutcome Outcome,
    string? Reason,
    string? SerialNumber
);

/// <summary>批量充值回执单 (FC-20.3), and 批量充值清单 (FC-24.1) with its lines.</summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">The total of all lines in fen.</param>
/// <param name="Step">Submission, voiding or retrieval.</param>
/// <param name="ListSerialNumber">The list's number: that of its submission.</param>
/// <param name="State">What the list is now.</param>
/// <param name="CustomerCode">The unit.</param>
/// <param name="CustomerName">The unit's name.</param>
/// <param name="FileName">The submitter's name for the file.</param>
/// <param name="Format">The format of the file.</param>
/// <param name="Sha256">The SHA-256 hash of the file, hex.</param>
/// <param name="LineCount">Lines of the list.</param>
/// <param name="BadLines">Lines with something wrong.</param>
/// <param name="Fault">What is wrong with the file as a whole, in Chinese.</param>
/// <param name="PostedLines">Lines posted.</param>
/// <param name="PostedAmount">Fen posted.</param>
/// <param name="FailedLines">Lines that failed.</param>
/// <param name="ReviewedBy">The reviewer's name; null while nobody has reviewed it.</param>
/// <param name="Lines">On a receipt the bad or failed lines, at most 200; on the list all, at most 2,000.</param>
/// <param name="MoreLines">Lines that did not fit on the paper; the result file has them all.</param>
public sealed record RechargeListData(
    DocumentHead Head,
    long Amount,
    RechargeListStep Step,
    string ListSerialNumber,
    RechargeListState State,
    string CustomerCode,
    string CustomerName,
    string? FileName,
    TableFormat Format,
    string Sha256,
    int LineCount,
    int BadLines,
    string? Fault,
    int PostedLines,
    long PostedAmount,
    int FailedLines,
    string? ReviewedBy,
    IReadOnlyList<RechargeListPaperLine> Lines,
    int MoreLines
) : DocumentData(Head, Amount);

/// <summary>The papers of recharge lists, read off the list's rows when they are asked for.</summary>
internal static class RechargeListReceipt
{
    private const int ReceiptLines = 200;
    private const int ListLines = 2_000;

    public static readonly DocumentKind Kind = new(
        "recharge-list-receipt",
        "批量充值回执单",
        "Batch recharge receipt",
        Paper.Form,
        typeof(RechargeListReceiptPaper),
        (request, ct) => Load(request, whole: false, ct)
    );

    public static readonly DocumentKind WholeList = new(
        "recharge-list-lines",
        "批量充值清单",
        "Batch recharge list",
        Paper.Form,
        typeof(RechargeListReceiptPaper),
        (request, ct) => Load(request, whole: true, ct)
    );

    private static async Task<DocumentData?> Load(DocumentRequest request, bool whole, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var list = await db.Set<RechargeList>()
            .SingleOrDefaultAsync(l => l.Id == transaction.Id || l.VoidedById == transaction.Id || l.RetrievedById == transaction.Id, ct);
        if (list is null || (whole && list.CheckedAt is null))
        {
            return null;
        }

        var unit = await db.Set<Customer>().SingleAsync(c => c.Id == list.CustomerId, ct);
        var reviewer = await db.Set<Operator>().Where(o => o.Id == list.ReleaserId).Select(o => o.Name).SingleOrDefaultAsync(ct);
        var most = whole ? ListLines : ReceiptLines;
        var lines = await RechargeLines.Of(db, list.Id, 0, whole ? null : Shown(list)).Take(most).ToListAsync(ct);
        var all = whole ? list.Lines : list.BadLines + list.FailedLines;
        return new RechargeListData(
            await db.DocumentHead(transaction, ct),
            list.Amount,
            StepOf(transaction),
            list.SerialNumber,
            list.State,
            unit.Code,
            unit.Name,
            list.FileName,
            list.Format,
            list.ContentHash,
            list.Lines,
            list.BadLines,
            list.FaultZh,
            list.PostedLines,
            list.PostedAmount,
            list.FailedLines,
            reviewer,
            lines.ConvertAll(Line),
            Math.Max(0, all - lines.Count)
        );
    }

    /// <summary>The lines that a receipt gives reasons for: those that kept the list out, or those that failed in posting.</summary>
    private static RechargeLineOutcome Shown(RechargeList list) =>
        list.State is RechargeListState.Rejected or RechargeListState.Checking ? RechargeLineOutcome.Bad : RechargeLineOutcome.Failed;

    private static RechargeListPaperLine Line(RechargeLineRow row) =>
        new(
            row.Line.Number,
            row.Line.CardNumber,
            row.Line.HolderName,
            row.Amount,
            row.Line.AmountText,
            row.Outcome,
            row.ReasonZh,
            row.SerialNumber
        );

    private static RechargeListStep StepOf(Transaction transaction) =>
        transaction.Type == FundingTransactions.RechargeListVoided.Name ? RechargeListStep.Voiding
        : transaction.Type == FundingTransactions.RechargeListRetrieved.Name ? RechargeListStep.Retrieval
        : RechargeListStep.Submission;
}
