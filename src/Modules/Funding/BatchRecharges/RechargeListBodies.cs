using Counter.Documents;
using Platform.Documents;
using Platform.Tables;

namespace Funding.BatchRecharges;

/// <summary>The progress of background work on a list.</summary>
/// <param name="Stage" example="posting">checking or posting.</param>
/// <param name="Done" example="42000">The number of processed lines.</param>
/// <param name="Total" example="100000">The total number of lines; null during the check, because the file is read only once.</param>
/// <param name="Percent" example="42">Progress in percent: of the lines, or of the file during the check.</param>
/// <param name="LinesPerSecond" example="11500">The average since the start.</param>
/// <param name="EstimatedEnd" example="2026-11-22T02:15:35Z">The estimated end at this speed; null before the first line.</param>
public sealed record RechargeListProgress(
    string Stage,
    int Done,
    int? Total,
    int Percent,
    long LinesPerSecond,
    DateTimeOffset? EstimatedEnd
);

/// <summary>A fault of the whole file.</summary>
/// <param name="Code" example="trailer-total-differs">A stable code of the fault.</param>
/// <param name="Message" example="The trailer's total is not the sum of the lines.">In the language of the request.</param>
/// <param name="Line" example="1002">The line in the file; null if no line is concerned.</param>
public sealed record RechargeListFault(string Code, string Message, int? Line);

/// <summary>A recharge list.</summary>
/// <param name="SerialNumber" example="00030150224112025607">The list's number: the serial number of its submission.</param>
/// <param name="State" example="posting">The state.</param>
/// <param name="CustomerCode" example="1900000009">The recharging unit.</param>
/// <param name="CustomerName" example="华北物流有限公司">The unit's name.</param>
/// <param name="BranchCode" example="10000001">The submitting branch.</param>
/// <param name="SubmittedBy" example="li.na">The submitter's login.</param>
/// <param name="SubmittedAt" example="2026-11-22T02:15:30Z">When.</param>
/// <param name="Format" example="dat">The format of the file.</param>
/// <param name="FileName" example="2026-11.dat">The submitter's name for the file.</param>
/// <param name="FileBytes" example="6200000">Size of the file.</param>
/// <param name="Sha256" example="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08">The SHA-256 hash of the file, hex.</param>
/// <param name="Lines" example="100000">The number of checked lines.</param>
/// <param name="BadLines" example="0">The number of lines with faults. List them with outcome=bad.</param>
/// <param name="Amount" example="500000000">The total of all lines in fen.</param>
/// <param name="Fault">The fault of the whole file; null if there is none.</param>
/// <param name="Progress">The progress of running work; null if none runs.</param>
/// <param name="VoidedAt">When the list was voided.</param>
/// <param name="VoidSerialNumber" example="00030150224112025607">The voiding's transaction.</param>
/// <param name="ReleasedBy" example="wang.wei">Login of the reviewer.</param>
/// <param name="ReleasedAt">When the reviewer released it.</param>
/// <param name="ReleaseSerialNumber" example="00030150224112025607">The transaction of the release, which reserves the unit's
/// money.</param>
/// <param name="PostedLines" example="42000">Lines posted so far.</param>
/// <param name="FailedLines" example="0">Lines that failed so far.</param>
/// <param name="PostedAmount" example="500000000">The posted amount in fen; null before the list is finished.</param>
/// <param name="FinishedAt">When the last line got its outcome.</param>
/// <param name="FinishSerialNumber" example="00030150224112025607">The transaction that returned the amount of failed lines.</param>
/// <param name="RetrievedAt">When the submitting branch retrieved the result.</param>
/// <param name="RetrievalSerialNumber" example="00030150224112025607">The retrieval's transaction.</param>
/// <param name="Documents">The printable documents.</param>
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

/// <summary>The outcome of a line.</summary>
public enum RechargeLineOutcome
{
    /// <summary>The line has a fault.</summary>
    Bad,

    /// <summary>The line is valid and not posted yet.</summary>
    Waiting,

    /// <summary>Booked.</summary>
    Posted,

    /// <summary>The line could not be booked. Its amount stayed with the unit.</summary>
    Failed,
}

/// <summary>A line of a recharge list.</summary>
/// <param name="Line" example="17">The line number in the file, from 1.</param>
/// <param name="CardNumber" example="1000110000000013">The text in the file.</param>
/// <param name="Amount" example="50000">Fen; null where the file's amount is none.</param>
/// <param name="AmountText" example="12.345">The text in the file, if it is not an amount.</param>
/// <param name="HolderName" example="王小明">The holder name in the file. It is not compared with the customer's name.</param>
/// <param name="Remark" example="11 月油费">The text in the file.</param>
/// <param name="Outcome" example="posted">The outcome of the line.</param>
/// <param name="ReasonCode" example="card-lost">A stable code of the reason for a bad or failed line.</param>
/// <param name="Reason" example="The card is lost.">The reason in the language of the request.</param>
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
