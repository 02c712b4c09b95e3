using Access;
using Access.Branches;
using Access.Operators;
using Counter.Payments;
using Counter.Transactions;
using Customers;
using Issuance;
using Platform.Parameters;

namespace Funding.Statements;

/// <summary>Shows the lines of a page of a statement, with what its ids are called.</summary>
internal sealed class StatementLines(NamedOwners names, AccountTypes types)
{
    public static async Task<StatementLines> Of(
        AppDb db,
        OwnerNames names,
        AccountTypes types,
        List<Transaction> heads,
        long? card,
        CancellationToken ct
    )
    {
        IEnumerable<(AccountOwner Kind, long? Id)> owners =
        [
            .. heads.Select(h => (AccessOwners.Branch, (long?)h.BranchId)),
            .. heads.Select(h => (AccessOwners.Operator, (long?)h.OperatorId)),
            .. heads.Select(h => (TransactionParties.Customer, h.CustomerId)),
            .. heads.Select(h => (TransactionParties.Card, h.CardId)),
            (TransactionParties.Card, card),
        ];
        return new StatementLines(await names.Find(db, owners, ct), types);
    }

    public StatementLine Line(Transaction head, List<Entry> entries, long? quota) =>
        new(
            SerialNumber.Of(head.Id),
            head.Type,
            names.Of(AccessOwners.Branch, head.BranchId),
            names.Of(AccessOwners.Operator, head.OperatorId),
            head.BusinessDate,
            head.BookedAt,
            head.CustomerId is { } customer ? names.Of(TransactionParties.Customer, customer) : null,
            head.CardId is { } card ? names.Of(TransactionParties.Card, card) : null,
            head.Amount,
            head.Bonus,
            head.Points,
            head.Fee,
            head.Deposit,
            head.PaidBy(),
            head.ReferenceNumber,
            head.Remark,
            head.CorrectsId is { } corrects ? SerialNumber.Of(corrects) : null,
            quota,
            [.. entries.GroupBy(e => new AccountRef(types.Of(e.Kind), e.Owner)).OrderBy(g => g.Key).Select(Balance)]
        );

    /// <summary>An account that a transaction touched twice shows both together, and the balance after the second.</summary>
    private StatementBalance Balance(IGrouping<AccountRef, Entry> entries) =>
        new(
            entries.Key.Type.Name,
            names.Of(entries.Key.Type.Owner, entries.Key.Owner),
            entries.Key.Type.Unit,
            entries.Sum(e => e.Amount),
            entries.MaxBy(e => e.Sequence)!.BalanceAfter!.Value
        );
}
