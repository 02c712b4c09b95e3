using Microsoft.EntityFrameworkCore;
using Platform;

namespace Funding.BatchRecharges;

/// <summary>
/// Ends a list of which every line has an outcome: what failed goes back to the unit's quota account, and the list's account is empty (FC-22.2).
/// </summary>
internal sealed class RechargeListFinish(AppDb db, Books books, TimeProvider clock)
{
    public async Task Run(RechargeListJob job, CancellationToken ct)
    {
        var list = await db.Set<RechargeList>().SingleAsync(l => l.Id == job.ListId, ct);
        if (list.State is not (RechargeListState.Posting or RechargeListState.Released))
        {
            return;
        }

        var outcomes = db.Set<ListedRecharge>()
            .Where(l => l.ListId == list.Id)
            .Join(
                db.Set<RechargeOutcome>(),
                l => new { l.ListId, l.Number },
                o => new { o.ListId, o.Number },
                (line, outcome) => new { line.Amount, IsPosted = outcome.TransactionId != null }
            );
        var sums = await outcomes
            .GroupBy(o => o.IsPosted)
            .Select(g => new
            {
                IsPosted = g.Key,
                Lines = g.Count(),
                Amount = g.Sum(o => o.Amount),
            })
            .ToListAsync(ct);
        var posted = sums.Find(s => s.IsPosted);
        var failed = sums.Find(s => !s.IsPosted);
        if ((posted?.Lines ?? 0) + (failed?.Lines ?? 0) != list.Lines || (posted?.Amount ?? 0) + (failed?.Amount ?? 0) != list.Amount)
        {
            throw new InvalidOperationException($"The outcomes of list {list.SerialNumber} are not those of its lines.");
        }

        var jobs = await db.Set<RechargeListJob>().Where(j => j.ListId == list.Id).ToListAsync(ct);
        (list.PostedLines, list.PostedAmount, list.FailedLines) = (posted?.Lines ?? 0, posted?.Amount ?? 0, failed?.Lines ?? 0);
        if (await books.Post(Finish(list, failed?.Amount ?? 0, jobs)) is not BookingResult.Answered and var result)
        {
            throw new RechargeListLostException($"List {list.SerialNumber} was not ended, by this process at least: {result}");
        }
    }

    private Booking Finish(RechargeList list, long back, List<RechargeListJob> jobs)
    {
        var id = Ids.Next();
        list.State = RechargeListState.Finished;
        list.FinishedById = id;
        list.FinishedAt = clock.GetUtcNow().UtcDateTime;
        var booking = new Booking(
            id,
            new Actor(list.BranchId, list.OperatorId, list.ReleaserId),
            new AuditNote("finish-recharge-list", $"recharge-list:{list.Id}", new { list.PostedLines, list.FailedLines }),
            _ => Answer.Ok(new { })
        )
            .WithHead(
                new Transaction
                {
                    Id = id,
                    Type = TransactionTypes.RechargeListFinished,
                    BranchId = list.BranchId,
                    OperatorId = list.OperatorId,
                    ApproverId = list.ReleaserId,
                    CustomerId = list.CustomerId,
                    Amount = back,
                    ReferenceNumber = list.SerialNumber,
                }
            )
            .Move(list.Account, new AccountRef(AccountKind.Quota, list.CustomerId), back)
            .Update(list);
        jobs.ForEach(j => booking.Delete(j));
        return booking;
    }
}
