using Access.Branches;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Issuance.Cards;

/// <summary>Expires cards on the day after their last one (FC-36.1). Each card is a booking of its own, guarded by its version.</summary>
internal sealed class CardExpiry(AppDb db, Books books, TimeProvider clock)
{
    private const int AtOnce = 100;

    /// <summary>How many cards were expired; 0 when none is left.</summary>
    public async Task<int> ExpireNext(CancellationToken ct)
    {
        var today = ChinaCalendar.Today(clock);
        var due = await db.Set<Card>()
            .Where(c => c.State == CardState.Active && c.ValidTo < today)
            .OrderBy(c => c.Id)
            .Take(AtOnce)
            .ToListAsync(ct);
        var results = await Task.WhenAll(due.Select(c => books.Post(Expired(c))));
        return results.Count(r => r is BookingResult.Answered);
    }

    private static SilentBooking Expired(Card card)
    {
        card.Apply(CardChange.Expire);
        return new SilentBooking(
            Ids.Next(),
            new Actor(card.BranchId, OperatorId: 0),
            new AuditNote("expire-card", $"card:{card.Id}", new { card.ValidTo })
        )
            .Update(card)
            .Raise(
                IssuanceEvents.CardStateChanged.Of(card.CustomerId, new CardStateChanged(card.Number, card.State, CardChange.Expire, null))
            );
    }
}

/// <summary>Runs <see cref="CardExpiry"/>, in every process. Setting <c>Cards:ExpireEvery</c>.</summary>
internal sealed class CardExpiryJob(
    IServiceScopeFactory scopes,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<CardExpiryJob> log
) : BackgroundRounds(configuration.GetValue("Cards:ExpireEvery", TimeSpan.FromMinutes(10)), clock, log)
{
    protected override async Task Round(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var expiry = scope.ServiceProvider.GetRequiredService<CardExpiry>();
        while (await expiry.ExpireNext(ct) > 0) { }
    }
}
