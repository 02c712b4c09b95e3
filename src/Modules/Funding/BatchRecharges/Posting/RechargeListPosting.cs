using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Platform;

namespace Funding.BatchRecharges;

/// <summary>
/// Posts a stretch of a released list (FC-22.2): reads the lines that have no outcome yet, books each, and looks again until none is left. What was
/// not booked for whatever reason (a card changed meanwhile, the queue was full, nobody knows whether the commit was done) is simply still there.
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
    /// Lines under way at once for one worker, unless the setting <c>RechargeLists:AtOnce</c> names another number: enough to fill the next batches, and
    /// so few that a counter's booking waits some milliseconds behind them.
    /// </summary>
    private const int AtOnce = 256;

    private const int MostRounds = 50;

    private readonly ConcurrentBag<RechargeOutcome> _failed = [];

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

        for (var round = 0; await PostWhatIsLeft(list, job, ct); round++)
        {
            if (round == MostRounds)
            {
                throw new RechargeListLostException($"Lines {job.FromLine} to {job.ToLine} of list {list.SerialNumber} are not done yet.");
            }

            await leases.Renew(job, ct);
        }

        var outcomes = db.Set<RechargeOutcome>().Where(o => o.ListId == job.ListId && o.Number >= job.FromLine && o.Number <= job.ToLine);
        var posted = await outcomes.CountAsync(o => o.TransactionId != null, ct);
        await leases.Done(job, posted, await outcomes.CountAsync(o => o.TransactionId == null, ct), ct);
    }

    /// <summary>The first process to post marks it; another that does so at once finds it done.</summary>
    private async Task Begin(RechargeList list)
    {
        list.State = RechargeListState.Posting;
        list.PostingStartedAt = clock.GetUtcNow().UtcDateTime;
        await books.Post(NewBooking(list, "post-recharge-list").Update(list));
    }

    private async Task<bool> PostWhatIsLeft(RechargeList list, RechargeListJob job, CancellationToken ct)
    {
        var lines = await db.Set<ListedRecharge>()
            .Where(l => l.ListId == job.ListId && l.Number >= job.FromLine && l.Number <= job.ToLine)
            .Where(l => !db.Set<RechargeOutcome>().Any(o => o.ListId == l.ListId && o.Number == l.Number))
            .OrderBy(l => l.Number)
            .ToListAsync(ct);
        if (lines.Count == 0)
        {
            return false;
        }

        var ids = lines.Select(l => l.CardId).OfType<long>().Distinct().ToArray();
        var cards = await RechargeCards.ById(db, ids, ct);
        using var room = new SemaphoreSlim(configuration.GetValue("RechargeLists:AtOnce", AtOnce));
        var underWay = new List<Task>(lines.Count);
        foreach (var line in lines)
        {
            // A process that is told to stop books what it has begun, and begins no more.
            await room.WaitAsync(ct);
            underWay.Add(Post(list, line, cards.GetValueOrDefault(line.CardId ?? 0), room));
        }

        await Task.WhenAll(underWay);
        await KeepFailed(list);
        return true;
    }

    private async Task Post(RechargeList list, ListedRecharge line, RechargeCard? card, SemaphoreSlim room)
    {
        try
        {
            if (RechargeCard.Refuse(card, card?.ValidTo ?? default) is { } unusable)
            {
                _failed.Add(LineBooking.Failed(list, line.Number, LineReason.Of(unusable)));
                return;
            }

            var result = await books.Post(LineBooking.Of(list, line, card!), premises: LineBooking.Premises(card!));
            if (result is BookingResult.Refused { Refusal: InsufficientBalance })
            {
                throw new InvalidOperationException($"The account of list {list.SerialNumber} does not hold what its lines need.");
            }

            if (result is BookingResult.Refused { Refusal: { Retryable: false } and not OutcomeUnknown and var refusal })
            {
                _failed.Add(LineBooking.Failed(list, line.Number, LineReason.Of(refusal)));
            }
        }
        finally
        {
            room.Release();
        }
    }

    /// <summary>Failed lines move no money, so one booking keeps them all. Where it is not done, they are found again.</summary>
    private async Task KeepFailed(RechargeList list)
    {
        if (_failed.IsEmpty)
        {
            return;
        }

        var booking = NewBooking(list, "fail-recharge-lines");
        foreach (var outcome in _failed)
        {
            booking.Insert(outcome);
        }

        _failed.Clear();
        await books.Post(booking);
    }

    private static Booking NewBooking(RechargeList list, string action) =>
        new(
            Ids.Next(),
            new Actor(list.BranchId, list.OperatorId, list.ReleaserId),
            new AuditNote(action, $"recharge-list:{list.Id}"),
            _ => Answer.Ok(new { })
        );
}
