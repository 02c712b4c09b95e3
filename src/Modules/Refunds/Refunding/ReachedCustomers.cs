using Customers.Reach;
using Funding.Allocations;
using Issuance.Holders;
using Microsoft.EntityFrameworkCore;

namespace Refunds.Refunding;

/// <summary>Finds customers by their code whose money the caller may move.</summary>
internal sealed class ReachedCustomers(AppDb db, CustomerReach reach, MoneyReach money)
{
    public async Task<Outcome<Customer>> Find(string customerCode, CancellationToken ct)
    {
        var customer = await db.Set<Customer>().SingleOrDefaultAsync(c => c.Code == customerCode, ct);
        if (customer is null)
        {
            return (await reach.LookUp(null, ct)).Refusal ?? new CustomerNotFound();
        }

        return await money.Change(customer, cardSessionId: null, ct) is { } outOfReach ? outOfReach : customer;
    }
}
