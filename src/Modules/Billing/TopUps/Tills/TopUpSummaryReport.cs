using Billing.TopUps.Pins;
using Billing.TopUps.Redemptions;
using Billing.TopUps.Sales;

namespace Billing.TopUps.Tills;

/// <summary>What both sides have of one store and day.</summary>
internal sealed record ReceiptHere(
    long BranchId,
    DateOnly Date,
    string Till,
    long Number,
    TillKind Kind,
    string State,
    long Amount,
    bool Refunded
);

/// <summary>Puts this side beside the tills' (MT-03.1, MT-03.2, MT-03.5, MT-03.6). All its reports count by the receipts' date.</summary>
internal sealed class TopUpSummaryReport(AppDb db)
{
    /// <summary>Receipts of both sides that one report reads; a larger range is refused.</summary>
    public const int MostReceipts = 200_000;

    private const string Succeeded = "succeeded";
    private const string Failed = "failed";
    private const string Open = "open";

    public async Task<bool> IsTooLarge(IQueryable<long> branches, DateOnly from, DateOnly to, CancellationToken ct) =>
        await db.Set<TopUp>().CountAsync(t => branches.Contains(t.BranchId) && t.ReceiptDate >= from && t.ReceiptDate <= to, ct)
            + await db.Set<TillReceipt>().CountAsync(r => branches.Contains(r.BranchId) && r.Date >= from && r.Date <= to, ct)
        > MostReceipts;

    public async Task<List<TopUpSummaryItem>> TopUps(IQueryable<long> branches, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var here = (await Here(branches, from, to, ct)).Where(r => IsTopUp(r.Kind)).ToList();
        var (totals, uploaded) = await Tills(branches, from, to, ct);
        var codes = await Codes(ct);
        var keys = here.Select(r => (r.BranchId, r.Date, r.Kind))
            .Concat(totals.Where(t => IsTopUp(t.Kind)).Select(t => (t.BranchId, t.Date, t.Kind)))
            .Distinct()
            .OrderBy(k => k.BranchId)
            .ThenBy(k => k.Date)
            .ThenBy(k => k.Kind);
        var hereBy = here.ToLookup(r => (r.BranchId, r.Date, r.Kind));
        var totalsBy = totals.ToLookup(t => (t.BranchId, t.Date, t.Kind));
        var uploadedBy = uploaded.ToLookup(r => (r.BranchId, r.Date));
        return
        [
            .. keys.Select(k =>
                Item(codes[k.BranchId], k.Date, k.Kind, [.. hereBy[k]], [.. totalsBy[k]], [.. uploadedBy[(k.BranchId, k.Date)]])
            ),
        ];
    }

    public async Task<List<RedemptionSummaryItem>> Redemptions(IQueryable<long> branches, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var here = (await Here(branches, from, to, ct))
            .Where(r => r.Kind is TillKind.Points or TillKind.Coupon)
            .ToLookup(r => (r.BranchId, r.Date, r.Kind));
        var totals = (await Tills(branches, from, to, ct))
            .Totals.Where(t => t.Kind is TillKind.Points or TillKind.Coupon)
            .ToLookup(t => (t.BranchId, t.Date, t.Kind));
        var codes = await Codes(ct);
        return
        [
            .. here.Select(g => g.Key)
                .Concat(totals.Select(g => g.Key))
                .Distinct()
                .OrderBy(k => k.BranchId)
                .ThenBy(k => k.Date)
                .ThenBy(k => k.Kind)
                .Select(k =>
                {
                    var (count, amount) = (here[k].LongCount(), here[k].Sum(r => r.Amount));
                    long? tillCount = totals.Contains(k) ? totals[k].Sum(t => t.Count) : null;
                    long? tillAmount = totals.Contains(k) ? totals[k].Sum(t => t.Amount) : null;
                    return new RedemptionSummaryItem(
                        codes[k.BranchId],
                        k.Date,
                        k.Kind,
                        count,
                        amount,
                        tillCount,
                        tillAmount,
                        tillAmount - amount
                    );
                }),
        ];
    }

    public async Task<List<MissingReceipt>> Missing(IQueryable<long> branches, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var here = (await Here(branches, from, to, ct)).ToLookup(r => (r.BranchId, r.Date, r.Till));
        var uploaded = (await Tills(branches, from, to, ct)).Receipts.ToLookup(r => (r.BranchId, r.Date, Till: r.TillNumber));
        var codes = await Codes(ct);
        var missing = new List<MissingReceipt>();
        foreach (var key in here.Select(g => g.Key).Concat(uploaded.Select(g => g.Key)).Distinct().OrderBy(k => k))
        {
            var code = codes[key.BranchId];
            var (ours, theirs) = (here[key].ToLookup(r => r.Number), uploaded[key].ToDictionary(r => r.Number));
            // Nothing was uploaded of this till and day: all that is here is missing there.
            missing.AddRange(
                ours.Where(g => !theirs.ContainsKey(g.Key))
                    .Select(g => new MissingReceipt(code, key.Date, key.Till, g.Key, g.Key, "notUploaded", g.Sum(r => r.Amount)))
            );
            missing.AddRange(
                theirs
                    .Values.Where(r => r.Kind != TillKind.Other && !ours.Contains(r.Number))
                    .Select(r => new MissingReceipt(code, key.Date, key.Till, r.Number, r.Number, "notHere", r.Amount))
            );
            var numbers = theirs.Keys.Concat(ours.Select(g => g.Key)).Distinct().Order().ToList();
            for (var i = 1; i < numbers.Count; i++)
            {
                if (numbers[i] - numbers[i - 1] > 1)
                {
                    missing.Add(new MissingReceipt(code, key.Date, key.Till, numbers[i - 1] + 1, numbers[i] - 1, "gap", 0));
                }
            }
        }

        return missing;
    }

    private static TopUpSummaryItem Item(
        string code,
        DateOnly date,
        TillKind kind,
        List<ReceiptHere> here,
        List<TillTotal> totals,
        List<TillReceipt> uploaded
    )
    {
        var (good, bad, open) = (In(here, Succeeded), In(here, Failed), In(here, Open));
        var refunded = bad.Where(r => r.Refunded).Sum(r => r.Amount);
        var theirs = uploaded.Where(r => r.Kind == kind).ToList();
        var uploadedKeys = uploaded.Select(r => (r.TillNumber, r.Number)).ToHashSet();
        var hereKeys = here.Select(r => (r.Till, r.Number)).ToHashSet();
        // Where the tills uploaded no receipts at all, nothing can be told from them.
        var notUploaded =
            uploaded.Count == 0 ? 0 : here.Where(r => !r.Refunded && !uploadedKeys.Contains((r.Till, r.Number))).Sum(r => r.Amount);
        var notHere = theirs.Where(r => !hereKeys.Contains((r.TillNumber, r.Number))).Sum(r => r.Amount);
        var (goodAmount, openAmount, dueToFailed) = (good.Sum(r => r.Amount), open.Sum(r => r.Amount), bad.Sum(r => r.Amount) - refunded);
        long? till = totals.Count == 0 ? null : totals.Sum(t => t.Amount);
        var difference = till - goodAmount;
        return new TopUpSummaryItem(
            code,
            date,
            kind,
            good.Count,
            goodAmount,
            bad.Count,
            bad.Sum(r => r.Amount),
            open.Count,
            openAmount,
            refunded,
            totals.Count == 0 ? null : totals.Sum(t => t.Count),
            till,
            difference,
            dueToFailed,
            openAmount,
            -notUploaded,
            notHere,
            difference - dueToFailed - openAmount + notUploaded - notHere
        );
    }

    private static List<ReceiptHere> In(List<ReceiptHere> here, string state) => [.. here.Where(r => r.State == state)];

    private static bool IsTopUp(TillKind kind) => kind is TillKind.Online or TillKind.Change or TillKind.Offline;

    private Task<Dictionary<long, string>> Codes(CancellationToken ct) => db.Set<Branch>().ToDictionaryAsync(b => b.Id, b => b.Code, ct);

    private async Task<(List<TillTotal> Totals, List<TillReceipt> Receipts)> Tills(
        IQueryable<long> branches,
        DateOnly from,
        DateOnly to,
        CancellationToken ct
    ) =>
        (
            await db.Set<TillTotal>()
                .AsNoTracking()
                .Where(t => branches.Contains(t.BranchId) && t.Date >= from && t.Date <= to)
                .ToListAsync(ct),
            await db.Set<TillReceipt>()
                .AsNoTracking()
                .Where(r => branches.Contains(r.BranchId) && r.Date >= from && r.Date <= to)
                .ToListAsync(ct)
        );

    private async Task<List<ReceiptHere>> Here(IQueryable<long> branches, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var topUps = await db.Set<TopUp>()
            .Where(t => branches.Contains(t.BranchId) && t.ReceiptDate >= from && t.ReceiptDate <= to)
            .Select(t => new
            {
                t.BranchId,
                t.ReceiptDate,
                t.TillNumber,
                t.ReceiptNumber,
                t.Kind,
                t.State,
                t.Amount,
                t.RefundId,
            })
            .ToListAsync(ct);
        var pins = await db.Set<TopUpPin>()
            .AsNoTracking()
            .Where(p => p.BranchId != null && branches.Contains(p.BranchId.Value) && p.ReceiptDate >= from && p.ReceiptDate <= to)
            .ToListAsync(ct);
        var redemptions = await db.Set<Redemption>()
            .AsNoTracking()
            .Where(r => branches.Contains(r.BranchId) && r.ReceiptDate >= from && r.ReceiptDate <= to)
            .Where(r => r.State == RedemptionState.Confirmed)
            .ToListAsync(ct);
        return
        [
            .. topUps.Select(t => new ReceiptHere(
                t.BranchId,
                t.ReceiptDate,
                t.TillNumber,
                t.ReceiptNumber,
                t.Kind == TopUpKind.Online ? TillKind.Online : TillKind.Change,
                t.State switch
                {
                    TopUpState.Succeeded => Succeeded,
                    TopUpState.Failed => Failed,
                    _ => Open,
                },
                t.Amount,
                t.RefundId is not null
            )),
            .. pins.Select(p => new ReceiptHere(
                p.BranchId!.Value,
                p.ReceiptDate!.Value,
                p.TillNumber!,
                p.ReceiptNumber!.Value,
                TillKind.Offline,
                Succeeded,
                p.FaceValue,
                false
            )),
            .. redemptions.Select(r => new ReceiptHere(
                r.BranchId,
                r.ReceiptDate,
                r.TillNumber,
                r.ReceiptNumber!.Value,
                r.Kind == RedemptionKind.Points ? TillKind.Points : TillKind.Coupon,
                Succeeded,
                r.Amount,
                false
            )),
        ];
    }
}
