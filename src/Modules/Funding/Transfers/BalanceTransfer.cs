using Funding.Consumption;
using Issuance;
using Issuance.Replacing;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Operations;

namespace Funding.Transfers;

/// <summary>
/// Moves the purse of a replaced card into its new card's reserve account when the waiting time is over (FC-36.3): what the card account
/// then holds is the old balance less all consumption that came until then. A fill whose end never reached the old chip can no longer be
/// unlocked on it, so it is booked now. The replacement's row is the claim: written with the transfer, under its version.
/// </summary>
internal sealed class BalanceTransfer(AppDb db, Books books, TimeProvider clock)
{
    private const int AtOnce = 50;

    /// <summary>How many transfers this call made. One whose card has an unsettled operation waits for that.</summary>
    public async Task<int> MakeDue(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var due = await db.Set<CardReplacement>()
            .Where(r => r.State == ReplacementState.Waiting && r.TransferDueAt <= now)
            .Where(r => !db.Set<CardOperation>().Any(o => o.OpenCard == r.OldCardId))
            .OrderBy(r => r.TransferDueAt)
            .ThenBy(r => r.Id)
            .Take(AtOnce)
            .ToListAsync(ct);
        var made = 0;
        foreach (var replacement in due)
        {
            // Refused or stale: another process made it, or late consumption came in between. Then the next round looks again.
            made += await books.Post(await Decide(replacement, now, ct)) is BookingResult.Answered ? 1 : 0;
        }

        return made;
    }

    private async Task<Booking> Decide(CardReplacement replacement, DateTime now, CancellationToken ct)
    {
        var old = await db.Set<Card>().SingleAsync(c => c.Id == replacement.OldCardId, ct);
        var card = await db.Set<Card>().SingleAsync(c => c.Id == replacement.NewCardId, ct);
        var balances = await db.BalancesOf(old.Id, ct);
        var booking = new SilentBooking(
            Ids.Next(),
            new Actor(replacement.BranchId, replacement.OperatorId),
            new AuditNote("transfer-balance", $"card:{card.Id}", new { from = old.Id, replacement.Id })
        );
        var left = await LockedFills.Book(db, booking, old, balances.Of(IssuanceAccounts.Card), ct);
        var points = balances.Of(IssuanceAccounts.CardPoints);
        booking
            .Move(old.Purse, card.Reserve, left)
            .Move(old.PursePoints, card.ReservePoints, points)
            // What was given back to the old reserve account since, by an operation that was settled late.
            .Move(old.Reserve, card.Reserve, balances.Of(IssuanceAccounts.Reserve))
            .Move(old.ReservePoints, card.ReservePoints, balances.Of(IssuanceAccounts.ReservePoints));
        replacement.Transfer(now, left, points, booking);
        return booking.Lines.Count > 0 ? booking.WithHead(Head(booking, replacement)) : booking;
    }

    private static Transaction Head(Booking booking, CardReplacement replacement) =>
        new(booking.Id, FundingTransactions.BalanceTransfer, booking.Actor)
        {
            CustomerId = replacement.CustomerId,
            CardId = replacement.NewCardId,
            Amount = replacement.Amount,
            Points = replacement.Points,
        };
}
