using Funding.BatchRecharges.Checking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Funding.BatchRecharges.Posting;

/// <summary>
/// Posts a stretch of a released list (FC-22.2): books each line, and looks again for those of which it is not sure (a card changed meanwhile, the
/// queue was full, nobody knows whether the commit was done, another process was before it), until every line has its outcome.
/// </summary>
internal sealed class RechargeListPosting(
    AppDb db,
    Books books,
    RechargeListLeases leases,
    TimeProvider clock,
    IConfiguration configuration
)
{
    /// <summary>
    /// Lines under way at once for one worker, unless the setting <c>RechargeLists:AtOnce</c> names another number: enough to fill the next
    /// batches, and so few that a counter's booking waits some milliseconds behind them.
    /// </summary>
    private const int AtOnce = 256;

    private const int MostRounds = 50;

    private readonly List<RechargeOutcome> _failed = [];

    public async Task Run(RechargeListJob job, CancellationToken ct)
    {
        var list = await db.Set<RechargeList>().SingleAsync(l => l.Id == job.ListId, ct);
        if (list.State == RechargeListState.Released)
        {
            await Begin(list);
        }
        else if (list.State != RechargeListState.Posting)
        {
            return;
        }

        var lines = await Lines(job, ct);
        var all = lines.Count;
        var failed = 0;
        // Nothing is posted yet of a stretch that nobody held before: then nobody need look, and every line is counted here.
        var looks = job.Holder != 0;
        for (var round = 0; lines.Count > 0; round++)
        {
            if (round == MostRounds)
            {
                throw new RechargeListLostException($"Lines {job.FromLine} to {job.ToLine} of list {list.SerialNumber} are not done yet.");
            }

            if (looks)
            {
                await leases.Renew(job, ct);
                var done = await Outcomes(job).ToDictionaryAsync(o => o.Number, o => o.TransactionId is null, ct);
                lines.RemoveAll(l => done.ContainsKey(l.Number));
                failed = done.Count(d => d.Value);
            }

            (lines, var failedNow) = await PostAll(list, lines, ct);
            failed += failedNow;
            looks = true;
        }

        await leases.Done(job, all - failed, failed, ct);
    }

    private IQueryable<RechargeOutcome> Outcomes(RechargeListJob job) =>
        db.Set<RechargeOutcome>().Where(o => o.ListId == job.ListId && o.Number >= job.FromLine && o.Number <= job.ToLine);

    private Task<List<ListedRecharge>> Lines(RechargeListJob job, CancellationToken ct) =>
        db.Set<ListedRecharge>()
            .Where(l => l.ListId == job.ListId && l.Number >= job.FromLine && l.Number <= job.ToLine)
            .OrderBy(l => l.Number)
            .ToListAsync(ct);

    /// <summary>The first process to post marks it; another that does so at once finds it done.</summary>
    private async Task Begin(RechargeList list)
    {
        list.State = RechargeListState.Posting;
        list.PostingStartedAt = clock.GetUtcNow().UtcDateTime;
        await books.Post(NewBooking(list, "post-recharge-list").Update(list));
    }

    /// <summary>Posts lines; gives back those of which it is not sure, and how many have surely failed.</summary>
    private async Task<(List<ListedRecharge> Unsure, int Failed)> PostAll(
        RechargeList list,
        List<ListedRecharge> lines,
        CancellationToken ct
    )
    {
        var ids = lines.Select(l => l.CardId).OfType<long>().Distinct().ToArray();
        var cards = await RechargeCards.ById(db, ids, ct);
        using var room = new SemaphoreSlim(configuration.GetValue("RechargeLists:AtOnce", AtOnce));
        var underWay = new List<Task<bool>>(lines.Count);
        foreach (var line in lines)
        {
            // A process that is told to stop books what it has begun, and begins no more.
            await room.WaitAsync(ct);
            underWay.Add(Post(list, line, cards.GetValueOrDefault(line.CardId ?? 0), room));
        }

        var done = await Task.WhenAll(underWay);
        var failed = _failed.Count;
        var notKept = await KeepFailed(list);
        return ([.. lines.Where((l, i) => !done[i] || notKept.Contains(l.Number))], failed - notKept.Count);
    }

    /// <summary>False when it is not known, or not so, that the line has its outcome.</summary>
    private async Task<bool> Post(RechargeList list, ListedRecharge line, RechargeCard? card, SemaphoreSlim room)
    {
        try
        {
            if (RechargeCard.Refuse(card, card?.ValidTo ?? default) is { } unusable)
            {
                Fail(list, line, unusable);
                return true;
            }

            var result = await books.Post(LineBooking.Of(list, line, card!), premises: LineBooking.Premises(card!));
            if (result is BookingResult.Refused { Refusal: InsufficientBalance })
            {
                throw new InvalidOperationException($"The account of list {list.SerialNumber} does not hold what its lines need.");
            }

            if (result is BookingResult.Refused { Refusal: { Retryable: false } refusal })
            {
                Fail(list, line, refusal);
                return true;
            }

            return result is BookingResult.Answered;
        }
        finally
        {
            room.Release();
        }
    }

    private void Fail(RechargeList list, ListedRecharge line, Refusal refusal)
    {
        lock (_failed)
        {
            _failed.Add(LineBooking.Failed(list, line.Number, LineReason.Of(refusal)));
        }
    }

    /// <summary>Failed lines move no money, so one booking keeps them all. Gives those of which it is not known that they were kept.</summary>
    private async Task<HashSet<int>> KeepFailed(RechargeList list)
    {
        if (_failed.Count == 0)
        {
            return [];
        }

        var booking = NewBooking(list, "fail-recharge-lines");
        _failed.ForEach(o => booking.Insert(o));
        var kept = await books.Post(booking) is BookingResult.Answered;
        HashSet<int> notKept = kept ? [] : [.. _failed.Select(f => f.Number)];
        _failed.Clear();
        return notKept;
    }

    private static SilentBooking NewBooking(RechargeList list, string action) =>
        new SilentBooking(
            Ids.Next(),
            new Actor(list.BranchId, list.OperatorId, list.ReleaserId),
            new AuditNote(action, $"recharge-list:{list.Id}")
        );
}
