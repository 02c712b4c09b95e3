using Access;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Funding;

/// <summary>What the ids in a page of a statement are called.</summary>
internal sealed class StatementNames
{
    private readonly Dictionary<long, string> _branches = [];
    private Dictionary<long, string> _operators = [];
    private Dictionary<long, string> _customers = [];
    private Dictionary<long, string> _cards = [];

    public static async Task<StatementNames> Of(AppDb db, BranchTree branches, List<Transaction> heads, long[] owners, CancellationToken ct)
    {
        var operators = heads.Select(h => h.OperatorId).Distinct().ToArray();
        var names = new StatementNames
        {
            _operators = await db.Set<Operator>().Where(o => operators.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Login, ct),
            _customers = await db.Set<Customer>()
                .Where(c => owners.Contains(c.Id))
                .Select(c => new { c.Id, c.Code })
                .ToDictionaryAsync(c => c.Id, c => c.Code, ct),
            _cards = await db.Set<Card>()
                .Where(c => owners.Contains(c.Id))
                .Select(c => new { c.Id, c.Number })
                .ToDictionaryAsync(c => c.Id, c => c.Number, ct),
        };
        foreach (var branch in heads.Select(h => h.BranchId).Distinct())
        {
            names._branches[branch] = (await branches.Get(branch, ct)).Code;
        }

        return names;
    }

    public StatementLine Line(Transaction head, List<Entry> entries, long? quota) =>
        new(
            SerialNumber.Of(head.Id),
            head.Type,
            _branches[head.BranchId],
            _operators.GetValueOrDefault(head.OperatorId) ?? IdText.Of(head.OperatorId),
            head.BusinessDate,
            head.BookedAt,
            head.CustomerId is { } customer ? Owner(customer) : null,
            head.CardId is { } card ? Owner(card) : null,
            head.Amount,
            head.Bonus,
            head.Points,
            head.Fee,
            head.Deposit,
            head.PaymentMethod,
            head.ReferenceNumber,
            head.Remark,
            head.CorrectsId is { } corrects ? SerialNumber.Of(corrects) : null,
            quota,
            [.. entries.GroupBy(e => new AccountRef(e.Kind, e.Owner)).OrderBy(g => g.Key).Select(Balance)]
        );

    /// <summary>An account that a transaction touched twice shows both together, and the balance after the second.</summary>
    private StatementBalance Balance(IGrouping<AccountRef, Entry> entries) =>
        new(
            entries.Key.Kind,
            Owner(entries.Key.Owner),
            entries.Key.Unit,
            entries.Sum(e => e.Amount),
            entries.MaxBy(e => e.Sequence)!.BalanceAfter!.Value
        );

    private string Owner(long id) => _customers.GetValueOrDefault(id) ?? _cards.GetValueOrDefault(id) ?? IdText.Of(id);
}
