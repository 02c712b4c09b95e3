using Funding.Transfers;
using Issuance;
using Issuance.Bonus;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Refunds.Closing;

/// <summary>
/// Moves what is left on the cards of a closed customer into its quota account when the waiting time is over (FC-25.9): less all consumption that
/// came until then, once. The bonus in it lapses with it. The closing's row is the claim: written with the sweep, under its version.
/// </summary>
internal sealed class PurseSweep(AppDb db, Books books, BonusLeft bonusLeft, TimeProvider clock)
{
    private const int AtOnce = 50;

    /// <summary>How many closings this call finished.</summary>
    public async Task<int> MakeDue(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var due = await db.Set<CustomerClosing>()
            .Where(c => c.State == ClosingState.Closed && c.SweptAt == null && c.RefundableFrom <= now)
            .OrderBy(c => c.RefundableFrom)
            .ThenBy(c => c.Id)
            .Take(AtOnce)
            .ToListAsync(ct);
        var made = 0;
        foreach (var closing in due)
        {
            // Refused or stale: another process made it, or late consumption came in between. Then the next round looks again.
            made += await books.Post(await Decide(closing, now, ct)) is BookingResult.Answered ? 1 : 0;
        }

        return made;
    }

    private async Task<Booking> Decide(CustomerClosing closing, DateTime now, CancellationToken ct)
    {
        var customer = await db.Set<Customer>().SingleAsync(c => c.Id == closing.CustomerId, ct);
        var quotaVersion = await db.VersionOf(customer.Quota, ct);
        var cards = await db.Set<Card>().Where(c => c.CustomerId == customer.Id).ToDictionaryAsync(c => c.Id, ct);
        var ids = cards.Keys.ToArray();
        var purses = await db.Set<Account>()
            .Where(a => a.Kind == IssuanceAccounts.Card.Number && ids.Contains(a.Owner) && a.Balance > 0)
            .ToListAsync(ct);
        var id = Ids.Next();
        var booking = new SilentBooking(
            id,
            new Actor(closing.BranchId, closing.OperatorId),
            new AuditNote("sweep-purses", $"customer:{customer.Id}", new { purses = purses.Count })
        );
        var (total, filled) = (0L, 0L);
        foreach (var purse in purses)
        {
            var card = cards[purse.Owner];
            // A fill whose end never reached the chip can no longer be unlocked on it, so it is booked now.
            var left = await LockedFills.Book(db, booking, card, purse.Balance, ct);
            booking.Move(card.Purse, customer.Quota, left).DecidedOn(card.Purse, purse.Version);
            total += left;
            filled += purse.Balance - left;
        }

        MoneyMovement[] moves = [new(Bonus: 0, Quota: 0, -filled), new(Bonus: 0, total, -total)];
        var lapsed = total > 0 ? await bonusLeft.After(customer.Id, moves, ct) : 0;
        booking.Move(customer.Quota, new AccountRef(IssuanceAccounts.Bonus, customer.Id), lapsed);
        (closing.SweptAt, closing.PurseSwept, closing.BonusLapsed) = (now, total, closing.BonusLapsed + lapsed);
        closing.SweptById = booking.Lines.Count > 0 ? id : null;
        booking.Update(closing);
        return booking.Lines.Count == 0
            ? booking
            : WithVersion(booking, customer, total, quotaVersion)
                .WithHead(
                    new Transaction(id, RefundTransactions.PurseSwept, booking.Actor)
                    {
                        CustomerId = customer.Id,
                        Amount = total,
                        Bonus = lapsed,
                        ReferenceNumber = SerialNumber.Of(closing.Id),
                    }
                );
    }

    private static SilentBooking WithVersion(SilentBooking booking, Customer customer, long total, int version) =>
        total > 0 ? booking.DecidedOn(customer.Quota, version) : booking;
}

/// <summary>Makes the sweeps that are due, in every process; each is made once. Setting <c>Refunds:SweepEvery</c>.</summary>
internal sealed class PurseSweepJob(
    IServiceScopeFactory scopes,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<PurseSweepJob> log
) : BackgroundRounds(configuration.GetValue("Refunds:SweepEvery", TimeSpan.FromMinutes(1)), clock, log)
{
    protected override async Task Round(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var sweep = scope.ServiceProvider.GetRequiredService<PurseSweep>();
        while (await sweep.MakeDue(ct) > 0) { }
    }
}
