using Access.Branches;
using Access.Operators;
using Counter.Documents;
using Customers;
using Funding.Documents;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;

namespace Funding.BatchRecharges;

/// <summary>A list with the names that its view shows and what its stretches have done so far.</summary>
internal sealed record RechargeListRow(
    RechargeList List,
    string CustomerCode,
    string CustomerName,
    string BranchCode,
    string SubmittedBy,
    string? ReleasedBy,
    int PostedSoFar,
    int FailedSoFar
);

/// <summary>Reads lists for views, in the order of submission.</summary>
internal static class RechargeListRows
{
    public static IQueryable<RechargeListRow> RechargeListRow(this AppDb db, IQueryable<RechargeList> lists) =>
        from list in lists
        join customer in db.Set<Customer>() on list.CustomerId equals customer.Id
        join branch in db.Set<Branch>() on list.BranchId equals branch.Id
        join submitter in db.Set<Operator>() on list.OperatorId equals submitter.Id
        join releaser in db.Set<Operator>() on list.ReleaserId equals (long?)releaser.Id into releasers
        from releaser in releasers.DefaultIfEmpty()
        orderby list.Id
        select new RechargeListRow(
            list,
            customer.Code,
            customer.Name,
            branch.Code,
            submitter.Login,
            releaser!.Login,
            db.Set<RechargeListJob>().Where(j => j.ListId == list.Id).Sum(j => j.Posted),
            db.Set<RechargeListJob>().Where(j => j.ListId == list.Id).Sum(j => j.Failed)
        );

    /// <summary>A list as GET answers it.</summary>
    public static async Task<RechargeListView> RechargeListView(this AppDb db, long listId, DateTime now, CancellationToken ct) =>
        View(await db.RechargeListRow(db.Set<RechargeList>().Where(l => l.Id == listId)).SingleAsync(ct), now);

    public static RechargeListView View(RechargeListRow row, DateTime now)
    {
        var list = row.List;
        // Stretches are gone when the list is finished; the list itself then knows.
        var (posted, failed) = list.FinishedAt is null ? (row.PostedSoFar, row.FailedSoFar) : (list.PostedLines, list.FailedLines);
        return new RechargeListView(
            list.SerialNumber,
            list.State,
            row.CustomerCode,
            row.CustomerName,
            row.BranchCode,
            row.SubmittedBy,
            list.SubmittedAt.AtUtc(),
            list.Format,
            list.FileName,
            list.FileBytes,
            list.ContentHash,
            list.Lines,
            list.BadLines,
            list.Amount,
            Fault(list),
            Progress(list, posted + failed, now),
            list.VoidedAt.AtUtc(),
            Serial(list.VoidedById),
            row.ReleasedBy,
            list.ReleasedAt.AtUtc(),
            Serial(list.ReleasedById),
            posted,
            failed,
            list.FinishedAt is null ? null : list.PostedAmount,
            list.FinishedAt.AtUtc(),
            Serial(list.FinishedById),
            list.RetrievedAt.AtUtc(),
            Serial(list.RetrievedById),
            Documents(list)
        );
    }

    public static RechargeListProgress? Progress(RechargeList list, int done, DateTime now) =>
        list.State switch
        {
            RechargeListState.Checking => Of("checking", list.Lines, null, list.CheckedPercent, list.CheckStartedAt, now),
            RechargeListState.Released or RechargeListState.Posting => Of(
                "posting",
                done,
                list.Lines,
                (int)((long)done * 100 / Math.Max(1, list.Lines)),
                list.PostingStartedAt,
                now
            ),
            _ => null,
        };

    private static RechargeListProgress Of(string stage, int done, int? total, int percent, DateTime? since, DateTime now)
    {
        var milliseconds = Math.Max(1, (long)(now - (since ?? now)).TotalMilliseconds);
        var left =
            percent == 0 ? (long?)null
            : total is { } all && done > 0 ? milliseconds * (all - done) / done
            : milliseconds * (100 - percent) / percent;
        return new RechargeListProgress(
            stage,
            done,
            total,
            percent,
            since is null ? 0 : done * 1_000L / milliseconds,
            since is null || left is null ? null : now.AddMilliseconds(left.Value).AtUtc()
        );
    }

    private static RechargeListFault? Fault(RechargeList list) =>
        list.FaultCode is null
            ? null
            : new RechargeListFault(list.FaultCode, (Language.IsChinese ? list.FaultZh : list.FaultEn) ?? "", list.FaultLine);

    private static List<DocumentLink> Documents(RechargeList list)
    {
        var documents = new List<DocumentLink> { FundingPapers.RechargeListReceipt(list.SerialNumber) };
        if (list.CheckedAt is not null)
        {
            documents.Add(FundingPapers.RechargeListLines(list.SerialNumber));
        }

        foreach (var id in new[] { list.VoidedById, list.RetrievedById }.OfType<long>())
        {
            documents.Add(FundingPapers.RechargeListReceipt(SerialNumber.Of(id)));
        }

        return documents;
    }

    private static string? Serial(long? id) => id is { } known ? SerialNumber.Of(known) : null;
}
