using System.Text.Json;
using Platform.Audit;
using Platform.Idempotency;
using Platform.Outbox;

namespace Platform.Ledger.Batches;

/// <summary>
/// Applies a batch's bookings one after the other to the locked balances, and gathers the rows they leave. Reads and writes nothing itself.
/// </summary>
internal sealed class BatchPosting(BatchRows rows, SliceRows slices, BatchReads found, DateTime now)
{
    /// <summary>Posts one booking, or refuses it and leaves everything as it was.</summary>
    public BookingResult Post(PendingBooking pending)
    {
        var booking = pending.Booking!;
        foreach (var (account, version) in booking.AccountsRead)
        {
            if ((found.Accounts.GetValueOrDefault(account.Key)?.Version ?? 0) != version)
            {
                return new BookingResult.Stale();
            }
        }

        var day = found.Days.GetValueOrDefault(pending.BranchId);
        var date = day?.BusinessDate ?? DateOnly.FromDateTime(now);
        AnswerBytes answer;
        try
        {
            if (booking.RefusalOn(date) is { } refusedOn)
            {
                return new BookingResult.Refused(refusedOn);
            }

            if (Shortage(pending, out var balances) is { } shortage)
            {
                return new BookingResult.Refused(shortage);
            }

            Stamp(booking, date);
            answer = booking.Answered(new Posted(booking.Id, date, now, balances));
        }
#pragma warning disable CA1031 // what a slice wrote runs here for it alone, before anything of it is applied: nobody else's booking fails with it
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new BookingResult.Failed(e);
        }

        Enter(pending.NetLines, booking.Id, date);
        if (booking.Head is { } head)
        {
            rows.Heads.Add(head);
        }

        slices.Add(booking);
        if (booking.NextDay is { } next && day is not null)
        {
            slices.MoveDay(day, next);
        }

        AddTraces(booking, pending.NetLines.Count);
        return Answer(pending, answer);
    }

    /// <summary>Sorts the locked accounts into those that were there and those opened now. The last step.</summary>
    public void Close()
    {
        foreach (var account in found.Accounts.Values)
        {
            if (account.IsMoved && account.Exists)
            {
                rows.Moved.Add(account);
            }
            else if (account.IsMoved)
            {
                rows.Opened.Add(account);
            }
        }
    }

    /// <summary>
    /// What the accounts will hold that the lines move, one line to an account; the refusal where one would go below zero that may not.
    /// </summary>
    private Refusal? Shortage(PendingBooking pending, out Posted.Balances balances)
    {
        balances = new Posted.Balances(pending.NetLines.Count);
        foreach (var line in pending.NetLines)
        {
            if (!line.Account.Type.KeepsBalance)
            {
                continue;
            }

            var before = Balance(line.Account);
            var after = checked(before + line.Amount);
            if (line.Account.Type.IsGuarded && after < 0)
            {
                return pending.Booking!.ShortOf(line.Account, before);
            }

            balances.Add(line.Account, after);
        }

        return null;
    }

    private long Balance(AccountRef account) => found.Accounts.TryGetValue(account.Key, out var locked) ? locked.Balance : 0;

    private void Enter(List<Line> lines, long transactionId, DateOnly date)
    {
        foreach (var line in lines)
        {
            long sequence = transactionId;
            long? after = null;
            if (line.Account.Type.KeepsBalance)
            {
                var account = Locked(line.Account.Key);
                account.Move(line.Amount);
                (sequence, after) = (account.Version, account.Balance);
            }

            rows.Entries.Add(
                new Entry
                {
                    Kind = line.Account.Type.Number,
                    Owner = line.Account.Owner,
                    Sequence = sequence,
                    TransactionId = transactionId,
                    Amount = line.Amount,
                    BalanceAfter = after,
                    BusinessDate = date,
                    BookedAt = now,
                }
            );
        }
    }

    private LockedAccount Locked(AccountKey key)
    {
        if (!found.Accounts.TryGetValue(key, out var account))
        {
            found.Accounts[key] = account = new LockedAccount(key, balance: 0, version: 0, exists: false);
        }

        return account;
    }

    private void AddTraces(Booking booking, int entries)
    {
        foreach (var happened in booking.Events)
        {
            rows.Events.Add(
                new OutboxEvent
                {
                    Id = Ids.Next(),
                    Name = happened.Type.StoredName,
                    Key = happened.Key,
                    Payload = JsonSerializer.Serialize(happened.Data, happened.Data.GetType(), Json.Options),
                    CreatedAt = now,
                }
            );
        }

        rows.Audit.Add(
            new AuditRecord
            {
                Id = booking.Id,
                At = now,
                BranchId = booking.Actor.BranchId,
                OperatorId = booking.Actor.OperatorId,
                ApproverId = booking.Actor.ApproverId,
                Action = booking.Audit.Action,
                Subject = booking.Audit.Subject,
                Outcome = "done",
                Detail = booking.Audit.Detail is { } d ? JsonSerializer.Serialize(d, d.GetType(), Json.Options) : null,
                Entries = booking.Head is null ? null : entries,
            }
        );
    }

    private BookingResult.Answered Answer(PendingBooking pending, AnswerBytes answer)
    {
        if (pending.Claim is { } claim)
        {
            rows.Answers.Add(
                new IdempotencyRecord
                {
                    Id = claim.Id,
                    CallerId = claim.CallerId,
                    Operation = claim.Operation,
                    Key = claim.Key,
                    RequestHash = claim.RequestHash,
                    Status = answer.Status,
                    Location = answer.Location,
                    Body = answer.Body,
                    CreatedAt = now,
                }
            );
        }

        return new BookingResult.Answered(answer.Status, answer.Location, answer.Body, Replayed: false, answer.Version);
    }

    /// <summary>Gives the booking's own rows what an answer may show of them: date, instant and the version that they will have.</summary>
    private void Stamp(Booking booking, DateOnly date)
    {
        Date(booking.Head, date);
        foreach (var row in booking.Inserts)
        {
            Date(row, date);
        }

        foreach (var (row, read) in booking.Updates)
        {
            row.Version = read + 1;
        }
    }

    private void Date(object? row, DateOnly date)
    {
        if (row is IDated dated)
        {
            dated.BusinessDate = date;
            dated.BookedAt = now;
        }
    }
}
