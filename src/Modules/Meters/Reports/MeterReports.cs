using Access.Operators;
using Meters.Accounts;
using Meters.Cards;
using Meters.Carriers.Cards;
using Meters.Prices;
using Meters.Sales;
using Meters.Supplies;
using Meters.Users;

namespace Meters.Reports;

/// <summary>By what sales are added up.</summary>
public enum MeterSalesBy
{
    /// <summary>营业日.</summary>
    Day,

    /// <summary>操作员.</summary>
    Operator,

    /// <summary>账户.</summary>
    Account,

    /// <summary>价格.</summary>
    Price,
}

/// <summary>A line of sales.</summary>
/// <param name="Key" example="2026-07-01">The business date, or the name of operator, account or price.</param>
/// <param name="Count" example="12">How many bookings.</param>
/// <param name="Quantity" example="240000">Hundredths of a unit, less what was given back.</param>
/// <param name="Amount" example="129120">Fen, less what was given back.</param>
public sealed record MeterSalesLine(string Key, int Count, long Quantity, long Amount);

/// <summary>How many users of a state there are.</summary>
/// <param name="State">registered, opened or closed.</param>
/// <param name="Users" example="120">How many.</param>
public sealed record MeterUsersLine(MeterUserState State, int Users);

/// <summary>How many cards of a kind there are.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Maker" example="wang.fang">Who made them what they are.</param>
/// <param name="Cards" example="40">How many.</param>
/// <param name="Recycled" example="3">How often such cards were recycled.</param>
public sealed record MeterCardsLine(MeterCardKind Kind, string Maker, int Cards, int Recycled);

/// <summary>A supply whose sold and used quantities differ. Quantities in hundredths of a unit.</summary>
/// <param name="UserId" example="126437891174400004">The user.</param>
/// <param name="UserNumber" example="000000000042">用户编号.</param>
/// <param name="SupplyId" example="126437891174400002">The supply.</param>
/// <param name="MeterNumber" example="202600000001">表号.</param>
/// <param name="Sold" example="285000">Sold, and given beside sales, as far as it came to the meter.</param>
/// <param name="UsedAndLeft" example="283000">Total use and remaining as last written back, and what meters before this one used.</param>
/// <param name="Difference" example="2000">Above zero where use is missing.</param>
/// <param name="Growth" example="500">How the difference grew since the reading before the last; null without one.</param>
/// <param name="SeenAt">When the card was last seen; null for never.</param>
public sealed record MeterLossLine(
    string UserId,
    string UserNumber,
    string SupplyId,
    string MeterNumber,
    long? Sold,
    long? UsedAndLeft,
    long? Difference,
    long? Growth,
    DateTimeOffset? SeenAt
);

/// <summary>Adds up what the module's rows say, for screens and files alike.</summary>
internal sealed class MeterReports(AppDb db, BranchScope scope)
{
    /// <summary>Lines of a report at most; a longer one is asked for in parts.</summary>
    public const int Most = 10_000;

    /// <summary>Sales of the branches in reach (PM-10.1).</summary>
    public async Task<Outcome<List<MeterSalesLine>>> Sales(
        MeterSalesBy by,
        DateOnly from,
        DateOnly to,
        string? branchCode,
        CancellationToken ct
    )
    {
        var place = await scope.Find(branchCode, ct);
        if (place.Refusal is { } refusal)
        {
            return refusal;
        }

        var branches = db.Set<Branch>().Within(place.Value, branchCode).Select(b => b.Id);
        var sales = db.Set<MeterSale>().Where(s => s.BusinessDate >= from && s.BusinessDate <= to && branches.Contains(s.BranchId));
        if (by == MeterSalesBy.Day)
        {
            var days = await sales
                .GroupBy(s => s.BusinessDate)
                .Select(g => new
                {
                    g.Key,
                    Count = g.Count(),
                    Quantity = g.Sum(s => s.Quantity),
                    Amount = g.Sum(s => s.Amount),
                })
                .OrderBy(g => g.Key)
                .Take(Most)
                .ToListAsync(ct);
            return Lines(days.Select(d => new MeterSalesLine(d.Key.ToString("O", Plain), d.Count, d.Quantity, d.Amount)));
        }

        var keyed = by switch
        {
            MeterSalesBy.Operator => sales.GroupBy(s => s.OperatorId),
            MeterSalesBy.Account => sales.GroupBy(s => s.AccountId),
            _ => sales.GroupBy(s => s.PriceId),
        };
        var sums = await keyed
            .Select(g => new
            {
                g.Key,
                Count = g.Count(),
                Quantity = g.Sum(s => s.Quantity),
                Amount = g.Sum(s => s.Amount),
            })
            .OrderBy(g => g.Key)
            .Take(Most)
            .ToListAsync(ct);
        var names = await Names(by, [.. sums.Select(s => s.Key)], ct);
        return Lines(sums.Select(s => new MeterSalesLine(names.GetValueOrDefault(s.Key, IdText.Of(s.Key)), s.Count, s.Quantity, s.Amount)));
    }

    /// <summary>Users by state (PM-10.1).</summary>
    public async Task<IReadOnlyList<MeterUsersLine>> Users(CancellationToken ct) =>
        [
            .. (await db.Set<MeterUser>().GroupBy(u => u.State).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct))
                .OrderBy(g => g.Key)
                .Select(g => new MeterUsersLine(g.Key, g.Count)),
        ];

    /// <summary>Cards by kind and maker (PM-09.2, PM-10.1).</summary>
    public async Task<IReadOnlyList<MeterCardsLine>> Cards(CancellationToken ct)
    {
        var rows = await db.Set<MeterCard>()
            .GroupBy(c => new { c.Kind, c.MadeBy })
            .Select(g => new
            {
                g.Key.Kind,
                g.Key.MadeBy,
                Count = g.Count(),
                Recycled = g.Sum(c => c.Recycled),
            })
            .Take(Most)
            .ToListAsync(ct);
        var makers = await Names(MeterSalesBy.Operator, [.. rows.Select(r => r.MadeBy).Distinct()], ct);
        return
        [
            .. rows.OrderBy(r => r.Kind)
                .ThenBy(r => r.MadeBy)
                .Select(r => new MeterCardsLine(r.Kind, makers.GetValueOrDefault(r.MadeBy, ""), r.Count, r.Recycled)),
        ];
    }

    /// <summary>
    /// Supplies of an account whose difference is beyond the tolerance, or, with <paramref name="unseen"/>, whose card was not seen since a time
    /// (PM-10.3).
    /// </summary>
    public async Task<IReadOnlyList<MeterLossLine>> Losses(
        long accountId,
        long tolerance,
        DateTime unseenSince,
        bool unseen,
        CancellationToken ct
    )
    {
        var lines = new List<MeterLossLine>();
        var after = 0L;
        while (lines.Count < Most)
        {
            var page = await db.Set<MeterSupply>()
                .Where(s => s.AccountId == accountId && s.State == SupplyState.Opened && s.Id > after)
                .Where(s => unseen == (s.SeenAt == null || s.SeenAt < unseenSince))
                .OrderBy(s => s.Id)
                .Take(PageRequest.MaxLimit)
                .Join(db.Set<MeterUser>(), s => s.UserId, u => u.Id, (supply, user) => new { supply, user.Number })
                .OrderBy(r => r.supply.Id)
                .ToListAsync(ct);
            var chosen = page.Where(r => unseen || Math.Abs(r.supply.Difference ?? 0) > tolerance).ToList();
            var before = await Before([.. chosen.Select(r => r.supply.Id)], ct);
            lines.AddRange(chosen.Select(r => Line(r.supply, r.Number, before.GetValueOrDefault(r.supply.Id))));
            if (page.Count < PageRequest.MaxLimit)
            {
                break;
            }

            after = page[^1].supply.Id;
        }

        return lines;
    }

    private static MeterLossLine Line(MeterSupply supply, string number, long? before) =>
        new(
            IdText.Of(supply.UserId),
            number,
            IdText.Of(supply.Id),
            supply.MeterNumber,
            supply.Difference is { } d && supply.UsedAndLeft is { } u ? d + u : null,
            supply.UsedAndLeft,
            supply.Difference,
            supply.Difference - before,
            supply.SeenAt?.AtUtc()
        );

    /// <summary>The difference of the reading before the last one, of each of a page's supplies.</summary>
    private Task<Dictionary<long, long?>> Before(List<long> supplies, CancellationToken ct) =>
        db.Set<MeterSupply>()
            .Where(s => supplies.Contains(s.Id))
            .Select(s => new
            {
                s.Id,
                Difference = db.Set<MeterReading>()
                    .Where(r => r.SupplyId == s.Id)
                    .OrderByDescending(r => r.Id)
                    .Skip(1)
                    .Select(r => (long?)r.Difference)
                    .FirstOrDefault(),
            })
            .ToDictionaryAsync(s => s.Id, s => s.Difference, ct);

    private async Task<Dictionary<long, string>> Names(MeterSalesBy by, List<long> ids, CancellationToken ct) =>
        by switch
        {
            MeterSalesBy.Operator => await db.Set<Operator>().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Login, ct),
            MeterSalesBy.Account => await db.Set<MeterAccount>()
                .Where(a => ids.Contains(a.Id))
                .ToDictionaryAsync(a => a.Id, a => a.Name, ct),
            _ => await db.Set<MeterPrice>().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct),
        };

    private static System.Globalization.CultureInfo Plain => System.Globalization.CultureInfo.InvariantCulture;

    private static Outcome<List<MeterSalesLine>> Lines(IEnumerable<MeterSalesLine> lines) => lines.ToList();
}
