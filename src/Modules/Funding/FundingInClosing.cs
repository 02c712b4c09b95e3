using Customers;
using Funding.Allocations.Templates;
using Funding.BatchRecharges;
using Funding.Consumption;
using Issuance.Closings;
using Microsoft.EntityFrameworkCore;

namespace Funding;

/// <summary>
/// Recharge lists that are not finished and cards that are locked for a fill (FC-25.8). With the closing the customer's allocation templates end
/// (FC-25.10).
/// </summary>
internal sealed class FundingInClosing : IClosingPart
{
    private const int Most = 100;

    public async Task<IReadOnlyList<ClosingObstacle>> Obstacles(AppDb db, Customer customer, CancellationToken ct) =>
        [.. await Lists(db, customer, ct), .. await LockedCards(db, customer, ct)];

    public async Task Add(Booking booking, AppDb db, Customer customer, CancellationToken ct)
    {
        foreach (var template in await db.Set<AllocationTemplate>().Where(t => t.CustomerId == customer.Id).ToListAsync(ct))
        {
            booking.Delete(template);
        }
    }

    private static async Task<IEnumerable<ClosingObstacle>> Lists(AppDb db, Customer customer, CancellationToken ct)
    {
        RechargeListState[] open =
        [
            RechargeListState.Checking,
            RechargeListState.Submitted,
            RechargeListState.Released,
            RechargeListState.Posting,
        ];
        var lists = await db.Set<RechargeList>()
            .Where(l => l.CustomerId == customer.Id && open.Contains(l.State))
            .OrderBy(l => l.Id)
            .Take(Most)
            .ToListAsync(ct);
        return lists.Select(l =>
            l.State == RechargeListState.Submitted
                ? new ClosingObstacle(
                    "recharge-list-open",
                    $"Recharge list {l.SerialNumber} waits for its review. Void it, or have it released.",
                    $"批量充值清单 {l.SerialNumber} 待复核，请先撤销或复核。",
                    "POST",
                    $"/v1/recharge-lists/{l.SerialNumber}/void"
                )
                : new ClosingObstacle(
                    "recharge-list-open",
                    $"Recharge list {l.SerialNumber} is being worked on.",
                    $"批量充值清单 {l.SerialNumber} 正在处理。",
                    ClosingObstacle.Wait,
                    $"/v1/recharge-lists/{l.SerialNumber}"
                )
        );
    }

    /// <summary>A lost or damaged card is not unlocked any more: its fill is booked with its purse, after the waiting time.</summary>
    private static async Task<IEnumerable<ClosingObstacle>> LockedCards(AppDb db, Customer customer, CancellationToken ct)
    {
        ConsumptionState[] locked = [ConsumptionState.AwaitingUnlock, ConsumptionState.Unlocking];
        var cards = await db.Set<Card>()
            .Where(c => c.CustomerId == customer.Id && (c.State == CardState.Active || c.State == CardState.Blocked))
            .Where(c => db.Set<ConsumptionRecord>().Any(r => r.CardId == c.Id && locked.Contains(r.State)))
            .OrderBy(c => c.Id)
            .Take(Most)
            .Select(c => c.Number)
            .ToListAsync(ct);
        return cards.Select(number => new ClosingObstacle(
            "card-locked",
            "The card is locked for a fill. Unlock it.",
            "该卡为灰锁卡，请先解灰。",
            "POST",
            $"/v1/cards/{number}/grey-unlocks",
            number
        ));
    }
}
