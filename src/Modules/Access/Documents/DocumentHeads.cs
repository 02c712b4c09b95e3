using Access.Companies;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;

namespace Access.Documents;

/// <summary>Names the company, the branch and the people on a transaction's documents (PL-02.5, PL-05.5).</summary>
public static class DocumentHeads
{
    public static async Task<DocumentHead> DocumentHead(this AppDb db, Transaction transaction, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(transaction);
        var branch = await db.Set<Branch>().SingleAsync(b => b.Id == transaction.BranchId, ct);
        var people = await db.Set<Operator>()
            .Where(o => o.Id == transaction.OperatorId || o.Id == transaction.ApproverId)
            .ToDictionaryAsync(o => o.Id, ct);
        var requester = people.GetValueOrDefault(transaction.OperatorId);
        var approver = transaction.ApproverId is { } id ? people.GetValueOrDefault(id) : null;
        return new DocumentHead(
            branch.Code,
            branch.Name,
            requester?.Login ?? "system",
            requester?.Name ?? "系统",
            approver?.Login,
            approver?.Name,
            (await CompanyHead.Read(db, UpToTop(branch), ct)).ForPaper()
        );
    }

    private static IReadOnlyList<long> UpToTop(Branch branch) => new BranchPlace(branch.Id, branch.Code, branch.Path, branch.Level).UpToTop;
}
