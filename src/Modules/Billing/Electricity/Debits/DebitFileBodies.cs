using Billing.Electricity.Merchants;

namespace Billing.Electricity.Debits;

/// <summary>What is wrong with a line of a refused file.</summary>
/// <param name="Line" example="5">The line of the file, from 1; 0 is the file as a whole.</param>
/// <param name="Code" example="count-differs">A stable code.</param>
/// <param name="Message" example="Header, trailer and lines do not have the same count.">What is wrong, in the language of the request.</param>
public sealed record DebitFileFaultItem(int Line, string Code, string Message);

/// <summary>A debit file. Amounts are in fen.</summary>
/// <param name="SerialNumber" example="00150224112025602057">Its number.</param>
/// <param name="Name" example="DKREQ_0006_37010_20100105_001.txt">The name under which it came.</param>
/// <param name="UnitCode" example="37010">核算单位.</param>
/// <param name="State" example="running">Its state.</param>
/// <param name="Lines" example="200000">Lines that were read.</param>
/// <param name="Amount" example="8000000000">Fen of them.</param>
/// <param name="Done" example="120000">Lines that have a code.</param>
/// <param name="DebitedLines" example="118000">Lines that were debited.</param>
/// <param name="DebitedAmount" example="4720000000">Fen debited.</param>
/// <param name="Round" example="1">Which run it is.</param>
/// <param name="FaultCount" example="0">Faults of a refused file.</param>
/// <param name="Faults">The first 1,000 of them.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="FinishedAt">When every line had its code; null before.</param>
public sealed record DebitFileResponse(
    string SerialNumber,
    string Name,
    string UnitCode,
    DebitFileState State,
    int Lines,
    long Amount,
    int Done,
    int DebitedLines,
    long DebitedAmount,
    int Round,
    int FaultCount,
    IReadOnlyList<DebitFileFaultItem> Faults,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? FinishedAt
)
{
    internal static string Location(DebitFile file) => $"/v1/electricity/debit-files/{file.SerialNumber}";

    internal static DebitFileResponse Of(
        DebitFile f,
        int done = 0,
        int debited = 0,
        long amount = 0,
        IReadOnlyList<DebitFileFaultItem>? faults = null
    ) =>
        new(
            f.SerialNumber,
            f.Name,
            f.UnitCode,
            f.State,
            f.Lines,
            f.Amount,
            done,
            debited,
            amount,
            f.Round,
            f.FaultCount,
            faults ?? [],
            f.ReceivedAt.AtUtc(),
            f.FinishedAt.AtUtc()
        );
}

/// <summary>The name of the file is not one of a debit request.</summary>
public sealed record DebitFileNameInvalid()
    : Refusal(
        "debit-file-name",
        422,
        "The name must be DKREQ_merchant_unit_yyyyMMdd_batch.txt, with a batch of three digits.",
        "文件名须为 DKREQ_商户_核算单位_yyyyMMdd_三位批次.txt。"
    );

/// <summary>The batch number came before.</summary>
public sealed record DebitFileKnown()
    : Refusal("debit-file-known", 409, "A file with this batch number was taken before.", "该批次号的代扣文件已接收。");

/// <summary>There is no such file.</summary>
public sealed record DebitFileUnknown() : Refusal("debit-file-unknown", 404, "There is no such debit file.", "无此代扣文件。");

/// <summary>The state of the file forbids it.</summary>
/// <param name="State">Its state.</param>
public sealed record DebitFileStateForbids(DebitFileState State)
    : Refusal("debit-file-state", 409, $"The debit file is {Json.Name(State)}.", "代扣文件的状态不允许此操作。");

/// <summary>The file is empty.</summary>
public sealed record DebitFileEmpty() : Refusal("debit-file-empty", 422, "The file is empty.", "文件为空。");

/// <summary>A file on the power side's shelf to take.</summary>
/// <param name="Date" example="2010-01-05">The date of the file.</param>
/// <param name="Name" example="DKREQ_0006_37010_20100105_001.txt">Its name.</param>
public sealed record FetchDebitFileRequest(DateOnly Date, string Name);

/// <summary>Finds files of units that the caller's union serves.</summary>
internal sealed class DebitFiles(AppDb db, BranchTree tree, RequestContext request)
{
    public async Task<Outcome<DebitFile>> Find(string serialNumber, CancellationToken ct)
    {
        var id = SerialNumber.Parse(serialNumber);
        var file = await db.Set<DebitFile>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, ct);
        if (file is null)
        {
            return new DebitFileUnknown();
        }

        var union = await db.Set<AccountingUnit>().Where(u => u.Id == file.UnitId).Select(u => u.UnionId).SingleAsync(ct);
        var caller = request.Caller.BranchId;
        return await tree.IsSameOrSuperior(union, caller, ct) || await tree.IsSameOrSuperior(caller, union, ct)
            ? file
            : new DebitFileUnknown();
    }
}

/// <summary>A code of a batch debit's result.</summary>
/// <param name="Code" example="0001">As it stands in the result file.</param>
/// <param name="En" example="Not enough money in the account.">Its meaning.</param>
/// <param name="Zh" example="余额不足">Its meaning in Chinese.</param>
/// <param name="Iso" example="AM04">The ISO 20022 reason; null without one.</param>
public sealed record DebitCodeItem(string Code, string En, string Zh, string? Iso);

/// <summary>The codes.</summary>
/// <param name="Items">By code.</param>
public sealed record DebitCodeList(IReadOnlyList<DebitCodeItem> Items);
