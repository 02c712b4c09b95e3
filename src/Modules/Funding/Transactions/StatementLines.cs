using Platform;

namespace Funding;

/// <summary>Shows the lines of a page of a statement, with what its ids are called.</summary>
internal sealed class StatementLines(NamedOwners names)
{
    public static async Task<StatementLines> Of(AppDb db, OwnerNames names, List<Transaction> heads, long? card, CancellationToken ct)
    {
        IEnumerable<(string Kind, long? Id)> owners =
        [
            .. heads.Select(h => (OwnerKinds.Branch, (long?)h.BranchId)),
            .. heads.Select(h => (OwnerKinds.Operator, (long?)h.OperatorId)),
            .. heads.Select(h => (OwnerKinds.Customer, h.CustomerId)),
            .. heads.Select(h => (OwnerKinds.Card, h.CardId)),
            (OwnerKinds.Card, card),
        ];
        return new StatementLines(await names.Find(db, owners, ct));
    }

    public StatementLine Line(Transaction head, List<Entry> entries, long? quota) =>
        new(
            SerialNumber.Of(head.Id),
            head.Type,
            names.Of(OwnerKinds.Branch, head.BranchId),
            names.Of(OwnerKinds.Operator, head.OperatorId),
            head.BusinessDate,
            head.BookedAt,
            head.CustomerId is { } customer ? names.Of(OwnerKinds.Customer, customer) : null,
            head.CardId is { } card ? names.Of(OwnerKinds.Card, card) : null,
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
            names.Of(OwnerKinds.Of(entries.Key.Kind), entries.Key.Owner),
            entries.Key.Unit,
            entries.Sum(e => e.Amount),
            entries.MaxBy(e => e.Sequence)!.BalanceAfter!.Value
        );
}
