using System.Globalization;

namespace Billing.TopUps.Tills;

/// <summary>Takes a day of the till system in, by file and by API alike: what is sent again replaces what was there (MT-03.1).</summary>
internal sealed class TillIntake(AppDb db, RequestContext request)
{
    public async Task<Booking<TillDataTaken>> Take(
        DateOnly date,
        IReadOnlyList<TillTotalLine> totals,
        IReadOnlyList<TillReceiptLine> receipts,
        CancellationToken ct
    )
    {
        var branchId = request.Caller.BranchId;
        // The last line of a till and kind, or of a receipt, counts.
        var lastTotals = totals.GroupBy(t => (t.TillNumber, t.Kind)).ToDictionary(g => g.Key, g => g.Last());
        var lastReceipts = receipts
            .GroupBy(r => (r.TillNumber, Number: long.Parse(r.ReceiptNumber, CultureInfo.InvariantCulture)))
            .ToDictionary(g => g.Key, g => g.Last());
        var booking = new Booking<TillDataTaken>(
            Ids.Next(),
            request.Actor,
            new AuditNote("take-till-data", $"till-day:{date:yyyy-MM-dd}", new { totals = totals.Count, receipts = receipts.Count }),
            _ => Answer.Created("/v1/top-up-summary", new TillDataTaken(date, lastTotals.Count, lastReceipts.Count))
        )
            .IfDuplicate(TillTotal.DayIndex, new ConcurrentChange())
            .IfDuplicate(TillReceipt.NumberIndex, new ConcurrentChange());
        var knownTotals = await db.Set<TillTotal>().AsNoTracking().Where(t => t.BranchId == branchId && t.Date == date).ToListAsync(ct);
        foreach (var ((till, kind), line) in lastTotals)
        {
            if (knownTotals.Find(t => t.TillNumber == till && t.Kind == kind) is { } known)
            {
                (known.Count, known.Amount) = (line.Count, line.Amount);
                booking.Update(known);
                continue;
            }

            booking.Insert(
                new TillTotal
                {
                    Id = Ids.Next(),
                    BranchId = branchId,
                    Date = date,
                    TillNumber = till,
                    Kind = kind,
                    Count = line.Count,
                    Amount = line.Amount,
                    Version = 1,
                }
            );
        }

        var numbers = lastReceipts.Keys.Select(k => k.Number).Distinct().ToArray();
        var knownReceipts = await db.Set<TillReceipt>()
            .AsNoTracking()
            .Where(r => r.BranchId == branchId && r.Date == date && numbers.Contains(r.Number))
            .ToDictionaryAsync(r => (r.TillNumber, r.Number), ct);
        foreach (var ((till, number), line) in lastReceipts)
        {
            if (knownReceipts.TryGetValue((till, number), out var known))
            {
                (known.Kind, known.Amount) = (line.Kind, line.Amount);
                booking.Update(known);
                continue;
            }

            booking.Insert(
                new TillReceipt
                {
                    Id = Ids.Next(),
                    BranchId = branchId,
                    Date = date,
                    TillNumber = till,
                    Number = number,
                    Kind = line.Kind,
                    Amount = line.Amount,
                    Version = 1,
                }
            );
        }

        return booking;
    }
}
