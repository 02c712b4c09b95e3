using Platform;

namespace Funding.BatchRecharges;

/// <summary>What background work on a list is under way (FC-20.5).</summary>
/// <param name="Stage" example="posting">checking or posting.</param>
/// <param name="Done" example="42000">Lines done so far.</param>
/// <param name="Total" example="100000">Lines to do; null while checking, since the file is read only once.</param>
/// <param name="Percent" example="42">0 to 100: of the lines, or, while checking, of the file.</param>
/// <param name="LinesPerSecond" example="11500">On the average since it began.</param>
/// <param name="EstimatedEnd" example="2026-11-22T02:15:35Z">When it will be done at that speed; null while nothing is done.</param>
public sealed record RechargeListProgress(
    string Stage,
    int Done,
    int? Total,
    int Percent,
    long LinesPerSecond,
    DateTimeOffset? EstimatedEnd
);

/// <summary>What is wrong with a file as a whole.</summary>
/// <param name="Code" example="trailer-total-differs">Stable; docs/batch-recharge.md lists them.</param>
/// <param name="Message" example="The trailer's total is not the sum of the lines.">In the language of the request.</param>
/// <param name="Line" example="1002">The line of the file, where it is one.</param>
public sealed record RechargeListFault(string Code, string Message, int? Line);

/// <summary>A recharge list (FC-24.1).</summary>
/// <param name="SerialNumber" example="00030150224112025607">Its number: that of its submission.</param>
/// <param name="State" example="posting">Where it stands.</param>
/// <param name="CustomerCode" example="1900000009">The recharging unit.</param>
/// <param name="CustomerName" example="华北物流有限公司">The unit's name.</param>
/// <param name="BranchCode" example="10000001">The submitting branch.</param>
/// <param name="SubmittedBy" example="li.na">Login of who submitted it.</param>
/// <param name="SubmittedAt" example="2026-11-22T02:15:30Z">When.</param>
/// <param name="Format" example="dat">Of the file.</param>
/// <param name="FileName" example="2026-11.dat">As the submitter named it.</param>
/// <param name="FileBytes" example="6200000">Size of the file.</param>
/// <param name="Sha256" example="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08">Of the file, hex.</param>
/// <param name="Lines" example="100000">Lines checked so far; at the end of the check, all.</param>
/// <param name="BadLines" example="0">Lines with something wrong; see its lines with outcome=bad.</param>
/// <param name="Amount" example="500000000">Fen of all lines together.</param>
/// <param name="Fault">What is wrong with the file as a whole; null where nothing is.</param>
/// <param name="Progress">What is under way now; null when nothing is.</param>
/// <param name="VoidedAt">When it was voided.</param>
/// <param name="VoidSerialNumber" example="00030150224112025607">The voiding's transaction.</param>
/// <param name="ReleasedBy" example="wang.wei">Login of the reviewer.</param>
/// <param name="ReleasedAt">When the reviewer released it.</param>
/// <param name="ReleaseSerialNumber" example="00030150224112025607">The release's transaction: the unit's money set aside.</param>
/// <param name="PostedLines" example="42000">Lines posted so far.</param>
/// <param name="FailedLines" example="0">Lines that failed so far.</param>
/// <param name="PostedAmount" example="500000000">Fen posted, once it is finished; null before.</param>
/// <param name="FinishedAt">When every line had its outcome.</param>
/// <param name="FinishSerialNumber" example="00030150224112025607">The transaction that gave back what failed.</param>
/// <param name="RetrievedAt">When the submitting branch took the result.</param>
/// <param name="RetrievalSerialNumber" example="00030150224112025607">The retrieval's transaction.</param>
/// <param name="Documents">What can be printed.</param>
public sealed record RechargeListView(
    string SerialNumber,
    RechargeListState State,
    string CustomerCode,
    string CustomerName,
    string BranchCode,
    string SubmittedBy,
    DateTimeOffset SubmittedAt,
    TableFormat Format,
    string? FileName,
    int FileBytes,
    string Sha256,
    int Lines,
    int BadLines,
    long Amount,
    RechargeListFault? Fault,
    RechargeListProgress? Progress,
    DateTimeOffset? VoidedAt,
    string? VoidSerialNumber,
    string? ReleasedBy,
    DateTimeOffset? ReleasedAt,
    string? ReleaseSerialNumber,
    int PostedLines,
    int FailedLines,
    long? PostedAmount,
    DateTimeOffset? FinishedAt,
    string? FinishSerialNumber,
    DateTimeOffset? RetrievedAt,
    string? RetrievalSerialNumber,
    IReadOnlyList<DocumentLink> Documents
);

/// <summary>What a line is, or has become.</summary>
public enum RechargeLineOutcome
{
    /// <summary>Something in it is wrong.</summary>
    Bad,

    /// <summary>Good, and not posted (yet).</summary>
    Waiting,

    /// <summary>Booked.</summary>
    Posted,

    /// <summary>Could not be booked any more; its money stayed with the unit.</summary>
    Failed,
}

/// <summary>A line of a recharge list.</summary>
/// <param name="Line" example="17">Of the file, from 1.</param>
/// <param name="CardNumber" example="1000110000000013">As it stands in the file.</param>
/// <param name="Amount" example="50000">Fen; null where the file's amount is none.</param>
/// <param name="AmountText" example="12.345">The file's amount where it is none.</param>
/// <param name="HolderName" example="王小明">As it stands in the file; not compared with the customer's name.</param>
/// <param name="Remark" example="11 月油费">As it stands in the file.</param>
/// <param name="Outcome" example="posted">What it is, or has become.</param>
/// <param name="ReasonCode" example="card-lost">Why it is bad or failed; stable.</param>
/// <param name="Reason" example="The card is lost.">The same in the language of the request.</param>
/// <param name="SerialNumber" example="00030150224112025607">The transaction of a posted line.</param>
public sealed record RechargeLineView(
    int Line,
    string CardNumber,
    long? Amount,
    string? AmountText,
    string? HolderName,
    string? Remark,
    RechargeLineOutcome Outcome,
    string? ReasonCode,
    string? Reason,
    string? SerialNumber
);
