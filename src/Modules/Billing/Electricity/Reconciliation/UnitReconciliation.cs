using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Billing.Electricity.Files;
using Billing.Electricity.Merchants;
using Billing.Electricity.Payments;
using Billing.Electricity.Power;

namespace Billing.Electricity.Reconciliation;

/// <summary>
/// Compares a unit's lines of a work date with the power side's, line by line (EB-09.1 to EB-09.3). Files lie on disk and are sorted there; what
/// differs is opened as differences, a few hundred at a time. A line of an earlier date is matched to that date's payment, and settles what was open
/// there.
/// </summary>
internal sealed class UnitReconciliation(AppDb db, Books books, BankLines lines, PowerClient power, TimeProvider clock)
{
    private const int AtOnce = 200;

    /// <summary>False where the power side's file was not to be had: it is tried again.</summary>
    public async Task<bool> Run(DateOnly date, AccountingUnit unit, Actor actor, CancellationToken ct)
    {
        if (await db.Set<ReconciledUnit>().AnyAsync(r => r.WorkDate == date && r.UnitId == unit.Id, ct))
        {
            return true;
        }

        await using var ours = ScratchFile.Open();
        await using var theirs = ScratchFile.Open();
        var sums = await lines.Write(date, unit, ours, ct);
        var name = new ElectricityFileName(ElectricityFileKind.BankLines, unit.MerchantCode, unit.Code, date, 1);
        if (!await power.PutFile(name.Text, name.Complete, ours, ct) || !await power.Lines(date, unit.Code, theirs, ct))
        {
            return false;
        }

        (ours.Position, theirs.Position) = (0, 0);
        var found = new List<FoundDifference>();
        var opened = 0;
        var (_, powerHeader) = await FileComparison.Run(
            ours,
            theirs,
            async difference =>
            {
                found.Add(difference);
                if (found.Count == AtOnce)
                {
                    opened += await Open(date, unit, actor, found, ct);
                    found.Clear();
                }
            }
        );
        opened += await Open(date, unit, actor, found, ct);
        var done = new SilentBooking(
            Ids.Next(),
            actor,
            new AuditNote("reconcile-unit", $"accounting-unit:{unit.Code}", new { date, opened })
        )
            .Insert(
                new ReconciledUnit
                {
                    Id = Ids.Next(),
                    WorkDate = date,
                    UnitId = unit.Id,
                    BankCount = sums.Count,
                    BankAmount = sums.Amount,
                    PowerCount = powerHeader.Sums.Count,
                    PowerAmount = powerHeader.Sums.Amount,
                    Differences = opened,
                }
            )
            .IfDuplicate(ReconciledUnit.PlaceIndex, new ConcurrentChange());
        await books.Post(done);
        return await db.Set<ReconciledUnit>().AnyAsync(r => r.WorkDate == date && r.UnitId == unit.Id, ct);
    }

    private async Task<int> Open(DateOnly date, AccountingUnit unit, Actor actor, List<FoundDifference> found, CancellationToken ct)
    {
        if (found.Count == 0)
        {
            return 0;
        }

        var rows = new List<ReconciliationDifference>();
        var settled = new List<ReconciliationDifference>();
        foreach (var difference in found)
        {
            if (await Matched(date, unit, difference, settled, ct) is { } open)
            {
                rows.Add(Row(date, unit, open));
            }
        }

        var prints = rows.Select(r => r.Fingerprint).ToArray();
        var known = await db.Set<ReconciliationDifference>()
            .Where(d => prints.Contains(d.Fingerprint))
            .Select(d => d.Fingerprint)
            .ToListAsync(ct);
        rows.RemoveAll(r => known.Contains(r.Fingerprint));
        var booking = new SilentBooking(
            Ids.Next(),
            actor,
            new AuditNote("open-differences", $"accounting-unit:{unit.Code}", new { opened = rows.Count, settled = settled.Count })
        );
        rows.DistinctBy(r => r.Fingerprint).ToList().ForEach(r => booking.Insert(r));
        foreach (var row in settled.DistinctBy(s => s.Id))
        {
            DifferenceBookings.Move(booking, row, DifferenceState.Settled, "与后一日文件匹配", clock);
        }

        if (rows.Count + settled.Count > 0 && await books.Post(booking) is not BookingResult.Answered and var result)
        {
            throw new InvalidOperationException($"Differences of unit {unit.Code} were not opened: {result}");
        }

        return rows.Count;
    }

    /// <summary>The difference that stays after other dates were looked at; null where they explain it.</summary>
    private async Task<FoundDifference?> Matched(
        DateOnly date,
        AccountingUnit unit,
        FoundDifference found,
        List<ReconciliationDifference> settled,
        CancellationToken ct
    )
    {
        if (found.Kind == DifferenceKind.BankOnly)
        {
            var earlier = await Unsettled(unit, found.Key, DifferenceKind.PowerOnly, ct);
            settled.AddRange(earlier.Where(d => d.PowerLine!.Total == found.Bank!.Total));
            return settled.Exists(s => s.Key == found.Key) ? null : found;
        }

        if (found.Kind != DifferenceKind.PowerOnly || SerialNumber.Parse(found.Power!.BankSerial) is not { } id)
        {
            return found;
        }

        var payment = await db.Set<ElectricityPayment>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.UnitId == unit.Id, ct);
        if (payment is null || payment.WorkDate == date)
        {
            return found;
        }

        var line = BankLines.Of(payment).SingleOrDefault(l => l.Receivable == found.Power.Receivable);
        if (line is null || line.State != found.Power.State)
        {
            return line is null ? found : found with { Kind = DifferenceKind.State, Bank = line };
        }

        if (line.Total != found.Power.Total)
        {
            return found with { Kind = DifferenceKind.Amount, Bank = line };
        }

        var waiting = await db.Set<ReconciliationDifference>()
            .AsNoTracking()
            .SingleOrDefaultAsync(d => d.UnitId == unit.Id && d.Key == found.Key && d.Kind == DifferenceKind.BankOnly, ct);
        if (waiting is { State: DifferenceState.Open or DifferenceState.LookedAt })
        {
            settled.Add(waiting);
            return null;
        }

        // Settled by this very line, when a process was killed in between; or nobody waits for it any more. Else both sides agreed on the earlier
        // date, or the power side adds a line there by our request: this one is a second.
        return waiting is { State: DifferenceState.Settled, Answer: not DifferenceAsker.Done } or { State: DifferenceState.WrittenOff }
            ? null
            : found with
            {
                Kind = DifferenceKind.Twice,
                Bank = line,
            };
    }

    private Task<List<ReconciliationDifference>> Unsettled(AccountingUnit unit, string key, DifferenceKind kind, CancellationToken ct) =>
        db.Set<ReconciliationDifference>()
            .AsNoTracking()
            .Where(d => d.UnitId == unit.Id && d.Key == key && d.Kind == kind)
            .Where(d => d.State != DifferenceState.Settled && d.State != DifferenceState.WrittenOff)
            .ToListAsync(ct);

    private ReconciliationDifference Row(DateOnly date, AccountingUnit unit, FoundDifference found) =>
        new()
        {
            Id = Ids.Next(),
            WorkDate = date,
            UnitId = unit.Id,
            Kind = found.Kind,
            Fingerprint = Fingerprint(unit, found),
            Key = found.Key,
            Bank = found.Bank is null ? null : JsonSerializer.Serialize(found.Bank),
            Power = found.Power is null ? null : JsonSerializer.Serialize(found.Power),
            OpenedAt = clock.GetUtcNow().UtcDateTime,
            AskAt = clock.GetUtcNow().UtcDateTime,
        };

    private static string Fingerprint(AccountingUnit unit, FoundDifference found) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{unit.Code}\n{found.Kind}\n{found.Key}\n{found.Power?.PowerSerial}"))
        );
}
