using Funding.BatchRecharges.Checking;
using Issuance;
using Microsoft.EntityFrameworkCore;

namespace Funding.BatchRecharges.Posting;

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

        var (postedLines, postedAmount) = await Sum(list, RechargeLineOutcome.Posted, ct);
        var (failedLines, failedAmount) = await Sum(list, RechargeLineOutcome.Failed, ct);
        if (postedLines + failedLines != list.Lines || postedAmount + failedAmount != list.Amount)
        {
            throw new InvalidOperationException($"The outcomes of list {list.SerialNumber} are not those of its lines.");
        }

        var jobs = await db.Set<RechargeListJob>().Where(j => j.ListId == list.Id).ToListAsync(ct);
        (list.PostedLines, list.PostedAmount, list.FailedLines) = (postedLines, postedAmount, failedLines);
        if (await books.Post(Finish(list, failedAmount, jobs)) is not BookingResult.Answered and var result)
        {
            throw new RechargeListLostException($"List {list.SerialNumber} was not ended, by this process at least: {result}");
        }
    }

    private async Task<(int Lines, long Amount)> Sum(RechargeList list, RechargeLineOutcome outcome, CancellationToken ct)
    {
        var sum = await RechargeLines
            .WithOutcome(db, list.Id, outcome)
            .GroupBy(_ => 1)
            .Select(g => new { Lines = g.Count(), Amount = g.Sum(l => l.Amount) })
            .SingleOrDefaultAsync(ct);
        return (sum?.Lines ?? 0, sum?.Amount ?? 0);
    }

    private SilentBooking Finish(RechargeList list, long back, List<RechargeListJob> jobs)
    {
        var id = Ids.Next();
        list.State = RechargeListState.Finished;
        list.FinishedById = id;
        list.FinishedAt = clock.GetUtcNow().UtcDateTime;
        var actor = new Actor(list.BranchId, list.OperatorId, list.ReleaserId);
        var booking = new SilentBooking(
            id,
            actor,
            new AuditNote("finish-recharge-list", $"recharge-list:{list.Id}", new { list.PostedLines, list.FailedLines })
        )
            .WithHead(
                new Transaction(id, FundingTransactions.RechargeListFinished, actor)
                {
                    CustomerId = list.CustomerId,
                    Amount = back,
                    ReferenceNumber = list.SerialNumber,
                }
            )
            .Move(list.Account, new AccountRef(IssuanceAccounts.Quota, list.CustomerId), back)
            .Update(list);
        jobs.ForEach(j => booking.Delete(j));
        return booking;
    }
}
