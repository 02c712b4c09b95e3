using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Cheques;

/// <summary>Brings a customer's cheques to its page (FC-43.1).</summary>
internal sealed class ChequesOnCustomerPage(AppDb db) : ChequesOfCustomer
{
    public override async Task<IReadOnlyList<CustomerCheque>> Newest(long customerId, int most, CancellationToken ct)
    {
        var newest = db.Set<Cheque>().Where(c => c.CustomerId == customerId).OrderByDescending(c => c.Id).Take(most);
        var rows = await db.Rows(newest).ToListAsync(ct);
        return
        [
            .. rows.OrderByDescending(r => r.Cheque.Id)
                .Select(ChequeItems.Item)
                .Select(c => new CustomerCheque(
                    c.ChequeId,
                    c.Bank,
                    c.ChequeNumber,
                    c.Amount,
                    c.Left,
                    Json.Name(c.Standing),
                    c.ReceivedDate
                )),
        ];
    }
}
