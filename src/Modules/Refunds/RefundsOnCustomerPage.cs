using Microsoft.EntityFrameworkCore;
using Refunds.Closing;
using Refunds.Refunding;

namespace Refunds;

/// <summary>A customer's closing, on its page.</summary>
/// <param name="ClosingId" example="126437891174400000">The closing.</param>
/// <param name="State" example="open">open, closed or givenUp.</param>
/// <param name="RefundableFrom">From when refunds are possible; null before the end.</param>
public sealed record CustomerClosingItem(string ClosingId, string State, DateTimeOffset? RefundableFrom);

/// <summary>Brings a customer's refunds to its page (FC-43.1).</summary>
internal sealed class RefundsOnCustomerPage() : CustomerPart<IReadOnlyList<RefundItem>>("refunds", "At most 100, newest first.")
{
    private const int Most = 100;

    protected override async Task<IReadOnlyList<RefundItem>> Read(AppDb db, CustomerOnPage customer, CancellationToken ct)
    {
        var newest = db.Set<Refund>().Where(r => r.CustomerId == customer.Id).OrderByDescending(r => r.Id).Take(Most);
        var rows = await ListRefunds.Rows(db, newest).ToListAsync(ct);
        return [.. rows.OrderByDescending(r => r.Refund.Id).Select(ListRefunds.Item)];
    }
}

/// <summary>Brings a customer's closings to its page.</summary>
internal sealed class ClosingsOnCustomerPage() : CustomerPart<IReadOnlyList<CustomerClosingItem>>("closings", "At most 20, newest first.")
{
    private const int Most = 20;

    protected override async Task<IReadOnlyList<CustomerClosingItem>> Read(AppDb db, CustomerOnPage customer, CancellationToken ct)
    {
        var rows = await db.Set<CustomerClosing>()
            .Where(c => c.CustomerId == customer.Id)
            .OrderByDescending(c => c.Id)
            .Take(Most)
            .ToListAsync(ct);
        return rows.ConvertAll(c => new CustomerClosingItem(IdText.Of(c.Id), Json.Name(c.State), c.RefundableFrom.AtUtc()));
    }
}
