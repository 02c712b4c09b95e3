using System.Data;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Persistence.Dialects;

namespace Platform;

/// <summary>
/// Bookings written in one transaction: keys looked up, branch days held, accounts locked in key order, each booking applied in turn to the locked
/// balances and accepted or refused alone, then all rows saved and committed once. Callers are answered after the commit.
/// </summary>
internal sealed class BookingBatch(IDbContextFactory<AppDb> contexts, Dialect dialect, TimeProvider clock, PendingBooking[] batch)
{
    private readonly List<(PendingBooking Pending, BookingResult Result)> _ends = [];
    private readonly Dictionary<AccountRef, Account> _accounts = [];
    private readonly HashSet<AccountRef> _moved = [];
    private readonly HashSet<AccountRef> _opened = [];
    private DateTime _now;

    public async Task Write()
    {
        await using var db = await contexts.CreateDbContextAsync();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        _now = ToTheMicrosecond(clock.GetUtcNow().UtcDateTime);

        var open = await ReplayKnownKeys(db);
        var days = await HoldDays(db, open);
        open = await DecideUnderLock(db, open, days);
        await LockAccounts(db, open);
        foreach (var pending in open)
        {
            Apply(db, pending, days);
        }

        SaveBalances(db);
        await db.SaveChangesAsync();
        await Commit(transaction);
        foreach (var (pending, result) in _ends)
        {
            pending.End(result);
        }
    }

    private async Task<List<PendingBooking>> ReplayKnownKeys(AppDb db)
    {
        var keys = batch.Where(p => p.Claim is not null).Select(p => p.Claim!.Key).ToArray();
        if (keys.Length == 0)
        {
            return [.. batch];
        }

        var known = await db.Set<IdempotencyRecord>().AsNoTracking().Where(r => keys.Contains(r.Key)).ToListAsync();
        var open = new List<PendingBooking>(batch.Length);
        foreach (var pending in batch)
        {
            var record = known.Find(r =>
                pending.Claim is { } c && r.Key == c.Key && r.CallerId == c.CallerId && r.Operation == c.Operation
            );
            if (record is null)
            {
                open.Add(pending);
            }
            else
            {
                _ends.Add((pending, FailedBooking.Replay(record, pending.Claim!)));
            }
        }

        return open;
    }

    private async Task<Dictionary<long, BranchDay>> HoldDays(AppDb db, List<PendingBooking> open)
    {
        var branches = open.Select(p => p.BranchId).Distinct().Order().ToList();
        if (branches.Count == 0)
        {
            return [];
        }

        var days = await dialect.HoldDays(db, branches, open.Exists(p => p.Decision is not null), CancellationToken.None);
        return days.ToDictionary(d => d.BranchId);
    }

    private async Task<List<PendingBooking>> DecideUnderLock(AppDb db, List<PendingBooking> open, Dictionary<long, BranchDay> days)
    {
        if (open is not [{ Decision: { } decision } pending])
        {
            return open;
        }

        var outcome = await decision(db, days[pending.BranchId], CancellationToken.None);
        if (outcome.Refusal is { } refusal)
        {
            _ends.Add((pending, new BookingResult.Refused(refusal)));
            return [];
        }

        pending.Decided(outcome.Value);
        return open;
    }

    private async Task LockAccounts(AppDb db, List<PendingBooking> open)
    {
        var wanted = open.SelectMany(p => p.NetLines).Select(l => l.Account).Where(a => a.KeepsBalance).Distinct().Order().ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        foreach (var account in await dialect.LockAccounts(db, wanted, CancellationToken.None))
        {
            _accounts[account.Ref] = account;
        }

        foreach (var missing in wanted.Where(w => !_accounts.ContainsKey(w)))
        {
            _accounts[missing] = new Account { Kind = missing.Kind, Owner = missing.Owner };
            _opened.Add(missing);
        }
    }

    /// <summary>Applies one booking to the locked balances, or refuses it and leaves them as they were.</summary>
    private void Apply(AppDb db, PendingBooking pending, Dictionary<long, BranchDay> days)
    {
        var booking = pending.Booking!;
        var date = days.TryGetValue(pending.BranchId, out var day) ? day.BusinessDate : DateOnly.FromDateTime(_now);
        if (booking.RefusalOn(date) is { } notOnThisDate)
        {
            _ends.Add((pending, new BookingResult.Refused(notOnThisDate)));
            return;
        }

        foreach (var line in pending.NetLines.Where(l => l.Account.IsGuarded))
        {
            var balance = _accounts[line.Account].Balance;
            if (checked(balance + line.Amount) < 0)
            {
                _ends.Add((pending, new BookingResult.Refused(booking.ShortOf(line.Account, balance))));
                return;
            }
        }

        var balances = Enter(db, pending.NetLines, booking.Id, date);
        SaveRows(db, booking, date);
        if (booking.NextDay is { } next && day is not null)
        {
            db.Entry(day).Property(d => d.BusinessDate).CurrentValue = next;
            db.Entry(day).Property(d => d.Version).CurrentValue++;
        }

        var answer = booking.Answer(new Posted(booking.Id, date, _now, balances));
        var body = JsonSerializer.SerializeToUtf8Bytes(answer.Body, answer.Body.GetType(), Json.Options);
        if (pending.Claim is { } claim)
        {
            db.Add(
                new IdempotencyRecord
                {
                    CallerId = claim.CallerId,
                    Operation = claim.Operation,
                    Key = claim.Key,
                    RequestHash = claim.RequestHash,
                    Status = answer.Status,
                    Location = answer.Location,
                    Body = body,
                    CreatedAt = _now,
                }
            );
        }

        var version = (answer.Body as IVersionedResponse)?.Version;
        _ends.Add((pending, new BookingResult.Answered(answer.Status, answer.Location, body, Replayed: false, version)));
    }

    private Dictionary<AccountRef, long> Enter(AppDb db, List<Line> lines, long transactionId, DateOnly date)
    {
        var balances = new Dictionary<AccountRef, long>(lines.Count);
        foreach (var line in lines)
        {
            long sequence = transactionId;
            long? after = null;
            if (_accounts.TryGetValue(line.Account, out var account))
            {
                account.Balance = checked(account.Balance + line.Amount);
                account.Version++;
                _moved.Add(line.Account);
                sequence = account.Version;
                after = account.Balance;
                balances[line.Account] = account.Balance;
            }

            db.Add(
                new Entry
                {
                    Kind = line.Account.Kind,
                    Owner = line.Account.Owner,
                    Sequence = sequence,
                    TransactionId = transactionId,
                    Amount = line.Amount,
                    BalanceAfter = after,
                    BusinessDate = date,
                    BookedAt = _now,
                }
            );
        }

        return balances;
    }

    private void SaveRows(AppDb db, Booking booking, DateOnly date)
    {
        if (booking.Head is { } head)
        {
            Stamp(head, date);
            db.Add(head);
        }

        foreach (var row in booking.Inserts)
        {
            Stamp(row, date);
            db.Add(row);
        }

        foreach (var (row, read) in booking.Updates)
        {
            row.Version = read;
            var entry = db.Entry(row);
            entry.State = EntityState.Modified;
            entry.Property(nameof(IVersioned.Version)).CurrentValue = read + 1;
        }

        foreach (var row in booking.Deletes)
        {
            db.Entry(row).State = EntityState.Deleted;
        }

        SaveTraces(db, booking);
    }

    private void SaveTraces(AppDb db, Booking booking)
    {
        foreach (var happened in booking.Events)
        {
            db.Add(
                new OutboxEvent
                {
                    Id = Ids.Next(),
                    Name = happened.Name,
                    Key = happened.Key,
                    Payload = JsonSerializer.Serialize(happened.Data, happened.Data.GetType(), Json.Options),
                    CreatedAt = _now,
                }
            );
        }

        db.Add(
            new AuditRecord
            {
                Id = booking.Id,
                At = _now,
                BranchId = booking.Actor.BranchId,
                OperatorId = booking.Actor.OperatorId,
                ApproverId = booking.Actor.ApproverId,
                Action = booking.Audit.Action,
                Subject = booking.Audit.Subject,
                Outcome = "done",
                Detail = booking.Audit.Detail is { } d ? JsonSerializer.Serialize(d, d.GetType(), Json.Options) : null,
            }
        );
    }

    /// <summary>The finest that every database keeps: what an answer says of a time is what a later reading says.</summary>
    private static DateTime ToTheMicrosecond(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), time.Kind);

    private void Stamp(object row, DateOnly date)
    {
        if (row is IDated dated)
        {
            dated.BusinessDate = date;
            dated.BookedAt = _now;
        }
    }

    private void SaveBalances(AppDb db)
    {
        foreach (var moved in _moved)
        {
            var account = _accounts[moved];
            if (_opened.Contains(moved))
            {
                db.Add(account);
            }
            else
            {
                // The version read under the lock stays the original value: were the lock ever missing, the guard in the update would still hold.
                var entry = db.Entry(account);
                entry.Property(a => a.Balance).IsModified = true;
                entry.Property(a => a.Version).IsModified = true;
            }
        }
    }

    private static async Task Commit(Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync();
        }
        catch (Exception e)
        {
            throw new CommitUnknownException(e);
        }
    }
}
