using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Counter.BusinessDay;

/// <summary>
/// Frozen totals are the sums of their date's transactions, per operator, type and payment method, and the booked cash is that of the drawers
/// (PL-03.9). A booking that landed on a date after its day-end, or that day-end did not see, shows here; so does a total that was changed.
/// </summary>
internal sealed class FrozenTotals : IBooksRule
{
    private const int DayEndsAtOnce = 100;

    /// <summary>The rows of a day-end are written with it and never changed: they are sealed with its transaction.</summary>
    public static readonly IReadOnlyList<ISealedTable> Tables =
    [
        new SealedTable<DayEnd>("day_ends", (rows, from, to) => rows.Where(d => d.Id > from && d.Id <= to).OrderBy(d => d.Id), d => d.Id),
        new SealedTable<DayEndTotal>(
            "day_end_totals",
            (rows, from, to) => rows.Where(t => t.DayEndId > from && t.DayEndId <= to).OrderBy(t => t.DayEndId).ThenBy(t => t.Line),
            t => t.DayEndId
        ),
        new SealedTable<DayEndCash>(
            "day_end_cash",
            (rows, from, to) => rows.Where(c => c.DayEndId > from && c.DayEndId <= to).OrderBy(c => c.DayEndId).ThenBy(c => c.OperatorId),
            c => c.DayEndId
        ),
    ];

    public async Task<IReadOnlyList<BooksFlaw>> Find(AppDb db, long from, long to, CancellationToken ct)
    {
        var heads = db.Set<Transaction>().Where(t => t.Id > from && t.Id <= to);
        var dates = heads.Select(t => new { t.BranchId, t.BusinessDate }).Distinct();
        var closedIn = await db.Set<DayEnd>().Where(d => d.Id > from && d.Id <= to).Select(d => d.Id).ToListAsync(ct);
        var closedBefore = await db.Set<DayEnd>()
            .Where(d => d.Id <= from)
            .Join(dates, d => new { d.BranchId, d.BusinessDate }, t => new { t.BranchId, t.BusinessDate }, (d, _) => d.Id)
            .ToListAsync(ct);
        var bare = await heads
            .Where(t => t.Type == CounterTransactions.DayEnd.Name && !db.Set<DayEnd>().Any(d => d.Id == t.Id))
            .Select(t => t.Id)
            .Take(1)
            .ToListAsync(ct);
        var flaws = bare.ConvertAll(id => new BooksFlaw("day-end-missing", SerialNumber.Of(id)));
        foreach (var chunk in closedIn.Union(closedBefore).Chunk(DayEndsAtOnce))
        {
            flaws.AddRange(await Differing(db, chunk, ct));
        }

        return flaws;
    }

    private static async Task<List<BooksFlaw>> Differing(AppDb db, long[] ids, CancellationToken ct)
    {
        var days = await db.Set<DayEnd>().Where(d => ids.Contains(d.Id)).OrderBy(d => d.Id).ToListAsync(ct);
        var frozen = await db.Set<DayEndTotal>().Where(t => ids.Contains(t.DayEndId)).ToListAsync(ct);
        var booked = await Booked(db, ids, ct);
        var cash = await db.Set<DayEndCash>().Where(c => ids.Contains(c.DayEndId)).ToListAsync(ct);
        var drawers = await Drawers(db, ids, ct);
        var heads = await db.Set<Transaction>().Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, ct);
        var marks = days.Select(d => d.SealNumber).OfType<long>().ToArray();
        var seals = await db.Set<Seal>().Where(s => marks.Contains(s.Number)).ToDictionaryAsync(s => s.Number, s => s.Hash, ct);
        var flaws = new List<BooksFlaw>();
        foreach (var day in days)
        {
            Check(
                "day-end-totals-differ",
                frozen.Where(t => t.DayEndId == day.Id).Select(TotalText).Order().SequenceEqual(booked[day.Id].Order())
            );
            var counted = cash.Where(c => c.DayEndId == day.Id).ToList();
            Check("day-end-cash-differs", Fits(counted, drawers[day.Id].ToDictionary(d => d.Owner, d => d.Booked)));
            Check("day-end-differs-from-head", heads.GetValueOrDefault(day.Id) is { } head && IsHeadOf(head, day, counted));
            Check(
                "anchored-seal-missing",
                day.Seal is not { } mark || (seals.TryGetValue(mark.Number, out var hash) && mark.Marks(mark.Number, hash))
            );

            void Check(string rule, bool holds)
            {
                if (!holds)
                {
                    flaws.Add(new BooksFlaw(rule, string.Create(CultureInfo.InvariantCulture, $"day-end {SerialNumber.Of(day.Id)}")));
                }
            }
        }

        return flaws;
    }

    private static bool IsHeadOf(Transaction head, DayEnd day, List<DayEndCash> cash) =>
        head.Type == CounterTransactions.DayEnd.Name
        && head.BranchId == day.BranchId
        && head.BusinessDate == day.BusinessDate
        && head.BookedAt == day.BookedAt
        && head.Amount == cash.Sum(c => c.Counted);

    private static bool Fits(List<DayEndCash> cash, Dictionary<long, long> drawers) =>
        cash.TrueForAll(c => c.Booked == drawers.GetValueOrDefault(c.OperatorId))
        && drawers.Keys.All(o => cash.Exists(c => c.OperatorId == o));

    private static string TotalText(DayEndTotal t) =>
        Text(t.OperatorId, t.Type, t.PaymentMethod?.ToString(), t.Count, t.Amount, t.Bonus, t.Points, t.Fee, t.Deposit);

    /// <summary>What the dates' transactions come to, all but the day-end itself, which was not there yet when it froze them.</summary>
    private static async Task<ILookup<long, string>> Booked(AppDb db, long[] ids, CancellationToken ct)
    {
        var sums = await db.Set<DayEnd>()
            .Where(d => ids.Contains(d.Id))
            .Join(
                db.Set<Transaction>(),
                d => new { d.BranchId, d.BusinessDate },
                t => new { t.BranchId, t.BusinessDate },
                (d, t) => new { Day = d.Id, Head = t }
            )
            .Where(r => r.Head.Id != r.Day)
            .GroupBy(r => new
            {
                r.Day,
                r.Head.OperatorId,
                r.Head.Type,
                r.Head.PaymentMethod,
            })
            .Select(g => new
            {
                g.Key,
                Count = g.Count(),
                Amount = g.Sum(r => r.Head.Amount),
                Bonus = g.Sum(r => r.Head.Bonus),
                Points = g.Sum(r => r.Head.Points),
                Fee = g.Sum(r => r.Head.Fee),
                Deposit = g.Sum(r => r.Head.Deposit),
            })
            .ToListAsync(ct);
        return sums.ToLookup(
            s => s.Key.Day,
            s => Text(s.Key.OperatorId, s.Key.Type, s.Key.PaymentMethod, s.Count, s.Amount, s.Bonus, s.Points, s.Fee, s.Deposit)
        );
    }

    private static async Task<ILookup<long, (long Owner, long Booked)>> Drawers(AppDb db, long[] ids, CancellationToken ct)
    {
        var sums = await db.Set<DayEnd>()
            .Where(d => ids.Contains(d.Id))
            .Join(
                db.Set<Transaction>(),
                d => new { d.BranchId, d.BusinessDate },
                t => new { t.BranchId, t.BusinessDate },
                (d, t) => new { Day = d.Id, Head = t.Id }
            )
            .Where(r => r.Head != r.Day)
            .Join(
                db.Set<Entry>().Where(e => e.Kind == CounterAccounts.Drawer.Number),
                r => r.Head,
                e => e.TransactionId,
                (r, e) =>
                    new
                    {
                        r.Day,
                        e.Owner,
                        e.Amount,
                    }
            )
            .GroupBy(r => new { r.Day, r.Owner })
            .Select(g => new { g.Key, Amount = g.Sum(r => r.Amount) })
            .ToListAsync(ct);
        return sums.ToLookup(s => s.Key.Day, s => (s.Key.Owner, -s.Amount));
    }

    private static string Text(
        long operatorId,
        string type,
        string? method,
        int count,
        long amount,
        long bonus,
        long points,
        long fee,
        long deposit
    ) => string.Create(CultureInfo.InvariantCulture, $"{operatorId} {type} {method} {count} {amount} {bonus} {points} {fee} {deposit}");
}
