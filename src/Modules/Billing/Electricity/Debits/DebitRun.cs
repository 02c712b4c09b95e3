using Billing.Electricity.Contracts;
using Billing.Electricity.Days;
using Billing.Electricity.Files;
using Billing.Electricity.Merchants;
using Billing.Electricity.PayerAccounts;
using Billing.Electricity.Payments;
using Billing.Electricity.Power;
using Microsoft.Extensions.Configuration;

namespace Billing.Electricity.Debits;

/// <summary>
/// Takes a debit file from state to state: checks it, debits its lines in stretches, tries again what failed for funds, ends it, and sends the
/// result. It can be stopped and killed between any two of its bookings and goes on where it was: a line's outcome row is the key.
/// </summary>
internal sealed class DebitRun(
    AppDb db,
    Books books,
    IPayerAccounts accounts,
    BranchTree tree,
    WorkDates workDates,
    PowerClient power,
    TimeProvider clock,
    IConfiguration configuration
)
{
    private const int Stretch = 1_000;
    private const int MostPasses = 50;

    /// <summary>Lines under way at once: enough to fill the next batches of the books.</summary>
    private int AtOnce => configuration.GetValue("Electricity:DebitsAtOnce", 256);

    private TimeSpan Pause => configuration.GetValue("Electricity:DebitPause", TimeSpan.FromMinutes(10));

    /// <summary>Does what is next; <paramref name="renew"/> keeps the lease, and says whether the file still runs.</summary>
    public async Task Run(DebitFile file, Func<Task<bool>> renew, CancellationToken ct)
    {
        switch (file.State)
        {
            case DebitFileState.Received:
                await Check(file, renew, ct);
                break;
            case DebitFileState.Waiting:
                file.State = DebitFileState.Running;
                await Write(file, "run-debit-file");
                break;
            case DebitFileState.Running:
                await Debit(file, renew, ct);
                break;
            case DebitFileState.Finished:
                await SendResult(file, ct);
                break;
        }
    }

    private async Task Check(DebitFile file, Func<Task<bool>> renew, CancellationToken ct)
    {
        // What an earlier try has left.
        await db.Set<DebitLineRow>().Where(l => l.FileId == file.Id).ExecuteDeleteAsync(ct);
        await using var content = await db.Spool(file, ct);
        var reader = new DebitFileReader(content);
        var name = ElectricityFileName.Parse(file.Name)!;
        var lines = new List<DebitLineRow>(Stretch);
        foreach (var line in reader.Lines())
        {
            lines.Add(DebitLineRow.Of(file.Id, line));
            if (lines.Count == Stretch)
            {
                await Keep(file, lines);
                await renew();
            }
        }

        await Keep(file, lines);
        List<DebitFileFault> faults = [.. reader.Faults];
        if (reader.Header is { } h && (h.Merchant != name.Merchant || h.Unit != name.Unit || h.Date != name.Date || h.Batch != name.Batch))
        {
            faults.Add(new DebitFileFault(1, "name-differs", "The header is not that of the file's name.", "文件头与文件名不符。"));
        }

        file.Form = reader.Form;
        (file.Lines, file.Amount, file.FaultCount) = (reader.Count, reader.Amount, Math.Max(reader.FaultCount, faults.Count));
        file.State = faults.Count == 0 ? DebitFileState.Running : DebitFileState.Refused;
        file.Round = 1;
        var booking = New(file, "check-debit-file").Update(file);
        if (faults.Count > 0)
        {
            file.BatchKey = null;
            for (var i = 0; i < faults.Count; i++)
            {
                booking.Insert(
                    new DebitFileFaultRow
                    {
                        FileId = file.Id,
                        Number = i,
                        Line = faults[i].Line,
                        Code = faults[i].Code,
                        En = faults[i].En,
                        Zh = faults[i].Zh,
                    }
                );
            }
        }

        Done(await books.Post(booking), file);
    }

    private async Task Keep(DebitFile file, List<DebitLineRow> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        var booking = New(file, "keep-debit-lines");
        lines.ForEach(l => booking.Insert(l));
        Done(await books.Post(booking), file);
        lines.Clear();
    }

    private async Task Debit(DebitFile file, Func<Task<bool>> renew, CancellationToken ct)
    {
        var unit = await db.Set<AccountingUnit>().AsNoTracking().SingleAsync(u => u.Id == file.UnitId, ct);
        var last = false;
        for (var after = 0; ; )
        {
            if (await workDates.Open(ct) is not { } day)
            {
                // The day-end has begun. Lines that only wait for funds end with it; else it goes on when it is continued on another work date.
                if (file.Round > 1)
                {
                    await EndShort(file, ct);
                    return;
                }

                file.State = DebitFileState.Stopped;
                await Write(file, "stop-debit-file");
                return;
            }

            last = file.Round >= unit.DebitTries || day.Date != file.WorkDate;
            var from = after;
            var lines = await db.Set<DebitLineRow>()
                .AsNoTracking()
                .Where(l => l.FileId == file.Id && l.Number > from)
                .OrderBy(l => l.Number)
                .Take(Stretch)
                .ToListAsync(ct);
            if (lines.Count == 0)
            {
                break;
            }

            await DebitStretch(file, unit, day, lines, last, ct);
            after = lines[^1].Number;
            if (!await renew())
            {
                return;
            }
        }

        await EndRound(file, last, ct);
    }

    /// <summary>Debits what of a stretch has no outcome, until each line has one or has too little money.</summary>
    private async Task DebitStretch(
        DebitFile file,
        AccountingUnit unit,
        WorkDate day,
        List<DebitLineRow> rows,
        bool last,
        CancellationToken ct
    )
    {
        var (first, end) = (rows[0].Number, rows[^1].Number);
        var open = rows;
        for (var pass = 0; open.Count > 0; pass++)
        {
            if (pass == MostPasses)
            {
                throw new InvalidOperationException($"Lines {first} to {end} of {file.Name} are not done yet.");
            }

            var done = await db.Set<DebitOutcome>()
                .Where(o => o.FileId == file.Id && o.Number >= first && o.Number <= end)
                .Select(o => o.Number)
                .ToListAsync(ct);
            var known = done.ToHashSet();
            open = [.. open.Where(l => !known.Contains(l.Number))];
            open = await Pass(file, unit, day, open, last, ct);
            if (open.Count > 0 && (await workDates.Open(ct))?.Version != day.Version)
            {
                return;
            }
        }
    }

    /// <summary>One pass over lines; gives those of which it is not sure.</summary>
    private async Task<List<DebitLineRow>> Pass(
        DebitFile file,
        AccountingUnit unit,
        WorkDate day,
        List<DebitLineRow> lines,
        bool last,
        CancellationToken ct
    )
    {
        var keys = lines.Select(l => DebitContract.KeyOf(unit.Id, l.Customer)).Distinct().ToArray();
        var contracts = await db.Set<DebitContract>()
            .AsNoTracking()
            .Where(c => c.InForceKey != null && keys.Contains(c.InForceKey))
            .ToDictionaryAsync(c => c.Customer, ct);
        var found = await accounts.Find(lines.Select(l => l.Account).Distinct().ToArray(), ct);
        var union = await tree.Get(unit.UnionId, ct);
        var receivables = lines.Select(l => l.Receivable).Distinct().ToArray();
        var taken = (
            await db.Set<TakenReceivable>()
                .Where(r => r.UnitId == unit.Id && receivables.Contains(r.Receivable))
                .Select(r => r.Receivable)
                .ToListAsync(ct)
        ).ToHashSet(StringComparer.Ordinal);
        using var room = new SemaphoreSlim(AtOnce);
        var underWay = new List<Task<DebitCode?>>(lines.Count);
        foreach (var row in lines)
        {
            var (line, contract, account) = (row.ToLine(), contracts.GetValueOrDefault(row.Customer), found.GetValueOrDefault(row.Account));
            var ofUnion = account is not null && union.IsSameOrSuperiorTo(await tree.Get(account.BranchId, ct));
            var refused =
                DebitDecision.Refuse(line, contract, account, ofUnion) ?? (taken.Contains(line.Receivable) ? DebitCode.Already : null);
            if (refused is not null)
            {
                underWay.Add(Task.FromResult<DebitCode?>(refused));
                continue;
            }

            await room.WaitAsync(ct);
            underWay.Add(Post(file, line, unit, contract!, account!, day, room));
        }

        var codes = await Task.WhenAll(underWay);
        return await Keep(file, lines, codes, last);
    }

    /// <summary>The code that a line has now; null where it is not sure.</summary>
    private async Task<DebitCode?> Post(
        DebitFile file,
        DebitLine line,
        AccountingUnit unit,
        DebitContract contract,
        PayerAccountView account,
        WorkDate day,
        SemaphoreSlim room
    )
    {
        try
        {
            var booking = DebitDecision.Book(file, line, unit, account, day, clock.GetUtcNow().UtcDateTime);
            return await books.Post(booking, premises: DebitDecision.Premises(contract, account, day)) switch
            {
                BookingResult.Answered => DebitCode.Debited,
                BookingResult.Refused { Refusal: PayerAccountTooSmall } => DebitCode.TooLittle,
                BookingResult.Refused { Refusal: ReceivableTaken } => DebitCode.Already,
                BookingResult.Refused { Refusal.Retryable: false } => DebitCode.Other,
                _ => null,
            };
        }
        finally
        {
            room.Release();
        }
    }

    /// <summary>
    /// Keeps the outcomes of lines that are not debited, by one booking. Those without funds have none before the last run, since they are
    /// tried again.
    /// </summary>
    private async Task<List<DebitLineRow>> Keep(DebitFile file, List<DebitLineRow> lines, DebitCode?[] codes, bool last)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var booking = New(file, "keep-debit-outcomes");
        var unsure = new List<DebitLineRow>();
        var kept = new List<DebitLineRow>();
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] is not { } code)
            {
                unsure.Add(lines[i]);
            }
            else if (code != DebitCode.Debited && (code != DebitCode.TooLittle || last))
            {
                kept.Add(lines[i]);
                booking.Insert(
                    new DebitOutcome
                    {
                        FileId = file.Id,
                        Number = lines[i].Number,
                        Code = code.Code,
                        At = now,
                    }
                );
            }
        }

        if (kept.Count > 0 && await books.Post(booking) is not BookingResult.Answered)
        {
            unsure.AddRange(kept);
        }

        return unsure;
    }

    /// <summary>Ends what had too little money in every run of the day.</summary>
    private async Task EndShort(DebitFile file, CancellationToken ct)
    {
        while (true)
        {
            var outcomes = db.Set<DebitOutcome>();
            var lines = await db.Set<DebitLineRow>()
                .AsNoTracking()
                .Where(l => l.FileId == file.Id && !outcomes.Any(o => o.FileId == l.FileId && o.Number == l.Number))
                .OrderBy(l => l.Number)
                .Take(Stretch)
                .ToListAsync(ct);
            if (lines.Count == 0)
            {
                break;
            }

            await Keep(file, lines, [.. lines.Select(_ => DebitCode.TooLittle)], last: true);
        }

        await EndRound(file, last: true, ct);
    }

    private async Task EndRound(DebitFile file, bool last, CancellationToken ct)
    {
        var outcomes = db.Set<DebitOutcome>().Where(o => o.FileId == file.Id);
        var done = await outcomes.CountAsync(ct);
        var debited = outcomes.Where(o => o.TransactionId != null);
        (file.DebitedLines, file.DebitedAmount) = (await debited.CountAsync(ct), await debited.SumAsync(o => o.Amount, ct));
        if (done == file.Lines)
        {
            (file.State, file.FinishedAt) = (DebitFileState.Finished, clock.GetUtcNow().UtcDateTime);
        }
        else if (!last)
        {
            (file.State, file.Round) = (DebitFileState.Waiting, file.Round + 1);
            file.NextRunAt = clock.GetUtcNow().UtcDateTime + Pause;
        }

        await Write(file, "end-debit-round");
    }

    private async Task SendResult(DebitFile file, CancellationToken ct)
    {
        var name = ElectricityFileName.Parse(file.Name)! with { Kind = ElectricityFileKind.DebitResult };
        await using var content = ScratchFile.Open();
        await DebitResults.Write(db, file, content, ct);
        if (await power.PutFile(name.Text, name.Complete, content, ct))
        {
            file.State = DebitFileState.ResultSent;
        }
        else
        {
            file.NextRunAt = clock.GetUtcNow().UtcDateTime + configuration.GetValue("Electricity:AskEvery", TimeSpan.FromSeconds(5));
        }

        await Write(file, "send-debit-result");
    }

    private static SilentBooking New(DebitFile file, string action) =>
        new(
            Ids.Next(),
            new Actor(file.BranchId, file.OperatorId),
            new AuditNote(action, $"debit-file:{file.Id}", new { file.State, file.Round })
        );

    private async Task Write(DebitFile file, string action) => Done(await books.Post(New(file, action).Update(file)), file);

    /// <summary>Somebody else has the file, or the database was away: this process stops here, and whoever takes it up goes on.</summary>
    private static void Done(BookingResult result, DebitFile file)
    {
        if (result is not BookingResult.Answered)
        {
            throw new DebitFileLostException($"The debit file {file.Name} was not written: {result}");
        }
    }
}
