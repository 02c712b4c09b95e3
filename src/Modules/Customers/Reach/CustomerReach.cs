using Access.Branches;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;
using Platform.Ledger;
using Platform.Persistence;
using Platform.Problems;
using Platform.Requests;

namespace Customers.Reach;

/// <summary>The customer belongs to another branch, and nothing shows that the holder is here.</summary>
public sealed record CustomerOutOfReach()
    : Refusal(
        "customer-out-of-reach",
        403,
        "The customer belongs to another branch. First read one of its cards or check the holder's certificate.",
        "该客户属于其他网点，请先读卡或核验持卡人证件。"
    );

/// <summary>
/// What an operator may see of customers, cards and transactions, and do with them, across branches: the one rule that every slice asks (PL-06.31).
/// <list type="bullet">
/// <item>A customer of the own branch, or of a branch below it: everything that the operator's rights allow.</item>
/// <item>Any other customer, by the exact number: the masked holder, states and balances; each such look-up counts against a limit.</item>
/// <item>Statements, exports, templates, restrictions and whole personal data of any other customer: while one of its cards, or the holder's
/// certificate, was shown to this operator within ten minutes, or by the right <see cref="CustomerRights.SeeOtherBranches"/>.</item>
/// <item>Moving its money, or changing how it pays, by a typed number: never; with a card present, what the function allows.</item>
/// </list>
/// docs/other-branches.md says the same to people.
/// </summary>
public sealed class CustomerReach(
    AppDb db,
    BranchScope scope,
    LookUps lookUps,
    IEnumerable<IHolderEvidence> evidence,
    TimeProvider clock,
    RequestContext request
) : TransactionReach
{
    /// <summary>Is it a customer of the caller's branch, or of one below it?</summary>
    public Task<bool> IsOwn(Customer customer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(customer);
        return scope.Reaches(customer.BranchId, ct);
    }

    /// <summary>
    /// A look-up by an exact number: true when all of the customer may be shown, false when it must be masked. A number of nobody counts as a
    /// look-up too; the caller then says that it is not there.
    /// </summary>
    public async Task<Outcome<bool>> LookUp(Customer? customer, CancellationToken ct)
    {
        if (customer is not null && await IsOwn(customer, ct))
        {
            return true;
        }

        if (await lookUps.Count(ct) is { } tooMany)
        {
            return tooMany;
        }

        return customer is not null && (request.Caller.Has(CustomerRights.SeeOtherBranches) || await Shown(customer.Id, ct));
    }

    /// <summary>The refusal of what shows a customer whole; null when it may be shown, or when there is no such customer.</summary>
    public async Task<Refusal?> Whole(Customer? customer, CancellationToken ct)
    {
        var seen = await LookUp(customer, ct);
        return seen.Refusal ?? (customer is null || seen.Value ? null : (Refusal)new CustomerOutOfReach());
    }

    /// <summary>A transaction of the own branch or one below it, or of a customer whom the caller may see whole.</summary>
    public override async Task<Refusal?> Whole(Transaction transaction, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var caller = request.Caller;
        if (
            await scope.Reaches(transaction.BranchId, ct)
            || caller.Has(CustomerRights.SeeOtherBranches)
            || caller.Has(DocumentRights.PrintAnyBranch)
        )
        {
            return null;
        }

        var customer = transaction.CustomerId is { } id ? await db.Set<Customer>().SingleOrDefaultAsync(c => c.Id == id, ct) : null;
        return (await LookUp(customer, ct)) switch
        {
            { Refusal: { } tooMany } => tooMany,
            { Value: true } => null,
            _ => new TransactionOutOfReach(),
        };
    }

    /// <summary>Was the holder's certificate, or what else shows that the holder is here, shown to the caller within ten minutes?</summary>
    private async Task<bool> Shown(long customerId, CancellationToken ct)
    {
        var seen = new HolderSeen(customerId, request.Caller.OperatorId, request.Caller.BranchId, clock.GetUtcNow().UtcDateTime);
        if (
            await db.Set<HolderSession>()
                .AnyAsync(
                    s =>
                        s.OperatorId == seen.OperatorId
                        && s.ExpiresAt > seen.At
                        && s.BranchId == seen.BranchId
                        && s.CustomerId == customerId,
                    ct
                )
        )
        {
            return true;
        }

        foreach (var kind in evidence)
        {
            if (await kind.Shows(db, seen, ct))
            {
                return true;
            }
        }

        return false;
    }
}
