using Microsoft.EntityFrameworkCore;

namespace Counter.BusinessDay;

/// <summary>What a branch booked on a date, worked out from its transactions: the running totals of an open day, and what day-end freezes.</summary>
internal sealed record DayTotals(
    IReadOnlyList<DayEndTotal> Totals,
    IReadOnlyDictionary<long, long> Cash,
    IReadOnlyDictionary<long, OperatorName> Operators
)
{
    /// <summary>Totals per operator, type and payment method; cash per operator with any cash entry, taken in less paid out.</summary>
    public static async Task<DayTotals> Read(AppDb db, long branchId, DateOnly date, long dayEndId, CancellationToken ct)
    {
        var booked = db.Set<Transaction>().Where(t => t.BranchId == branchId && t.BusinessDate == date);
        var groups = await booked
            .GroupBy(t => new
            {
                t.OperatorId,
                t.Type,
                t.PaymentMethod,
            })
            .Select(g => new
            {
                g.Key,
                Count = g.Count(),
                Amount = g.Sum(t => t.Amount),
                Bonus = g.Sum(t => t.Bonus),
                Points = g.Sum(t => t.Points),
                Fee = g.Sum(t => t.Fee),
                Deposit = g.Sum(t => t.Deposit),
            })
            .ToListAsync(ct);
        var totals = groups
            .OrderBy(g => g.Key.OperatorId)
            .ThenBy(g => g.Key.Type, StringComparer.Ordinal)
            .ThenBy(g => PaymentMethods.Named(g.Key.PaymentMethod))
            .Select(
                (g, i) =>
                    new DayEndTotal
                    {
                        DayEndId = dayEndId,
                        Line = i,
                        OperatorId = g.Key.OperatorId,
                        Type = g.Key.Type,
                        PaymentMethod = PaymentMethods.Named(g.Key.PaymentMethod),
                        Count = g.Count,
                        Amount = g.Amount,
                        Bonus = g.Bonus,
                        Points = g.Points,
                        Fee = g.Fee,
                        Deposit = g.Deposit,
                    }
            )
            .ToList();
        var cash = await db.Set<Entry>()
            .Where(e => e.Kind == CounterAccounts.Drawer.Number)
            .Join(booked, e => e.TransactionId, t => t.Id, (e, _) => new { e.Owner, e.Amount })
            .GroupBy(e => e.Owner)
            .Select(g => new { Owner = g.Key, Amount = g.Sum(e => e.Amount) })
            .ToDictionaryAsync(g => g.Owner, g => -g.Amount, ct);
        return new DayTotals(totals, cash, await OperatorName.OfBranch(db, branchId, ct));
    }
}

/// <summary>How an operator is named to people.</summary>
internal sealed record OperatorName(long Id, string Login, string Name)
{
    public static Task<Dictionary<long, OperatorName>> OfBranch(AppDb db, long branchId, CancellationToken ct) =>
        db.Set<Operator>()
            .Where(o => o.BranchId == branchId)
            .Select(o => new OperatorName(o.Id, o.Login, o.Name))
            .ToDictionaryAsync(o => o.Id, ct);
}
