using Microsoft.EntityFrameworkCore;

namespace Cheques;

/// <summary>A cheque of a customer.</summary>
/// <param name="ChequeId" example="126437891174400000">The cheque's id, for payments.</param>
/// <param name="Bank" example="工商银行">开户银行.</param>
/// <param name="ChequeNumber" example="31300512">支票编号.</param>
/// <param name="Amount" example="5000000">Fen.</param>
/// <param name="Left" example="5000000">The remaining amount in fen; 0 while the cheque is not usable.</param>
/// <param name="Standing" example="cleared">received, cleared, used or bounced.</param>
/// <param name="ReceivedDate">When.</param>
public sealed record CustomerCheque(
    string ChequeId,
    string Bank,
    string ChequeNumber,
    long Amount,
    long Left,
    string Standing,
    DateOnly ReceivedDate
);

/// <summary>Brings a customer's cheques to its page, none where the page is not open (FC-43.1).</summary>
internal sealed class ChequesOnCustomerPage() : CustomerPart<IReadOnlyList<CustomerCheque>>("cheques", "At most 100, newest first.")
{
    private const int Most = 100;

    protected override async Task<IReadOnlyList<CustomerCheque>> Read(AppDb db, CustomerOnPage customer, CancellationToken ct)
    {
        if (!customer.Open)
        {
            return [];
        }

        var newest = db.Set<Cheque>().Where(c => c.CustomerId == customer.Id).OrderByDescending(c => c.Id).Take(Most);
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
