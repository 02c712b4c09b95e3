using System.Collections.Concurrent;
using Billing.TopUps.Carriers;
using Billing.TopUps.Sales;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.TopUps.Credit;

/// <summary>What is left of a carrier's credit, in fen.</summary>
internal sealed record CreditLeft(long Left, long InFlight);

/// <summary>
/// The credit left with each carrier (MT-01.11): the books' float less what is on its way. No row is locked for it. Each process reads it once a
/// second at most, and takes off what it sells itself in between; what several processes sell too much within that second the carrier refuses.
/// </summary>
internal sealed class CarrierCredit(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, Kept> _kept = new();

    /// <summary>Takes an amount off, where that much is left.</summary>
    public async Task<bool> TryTake(TopUpCarrier carrier, long amount, CancellationToken ct)
    {
        var kept = await Fresh(carrier.Id, ct);
        if (Interlocked.Add(ref kept.Left, -amount) >= 0)
        {
            return true;
        }

        Interlocked.Add(ref kept.Left, amount);
        return false;
    }

    /// <summary>Nothing was sold for it.</summary>
    public void GiveBack(long carrierId, long amount)
    {
        if (_kept.TryGetValue(carrierId, out var kept))
        {
            Interlocked.Add(ref kept.Left, amount);
        }
    }

    public async Task<bool> IsUsedUp(long carrierId, CancellationToken ct)
    {
        var kept = await Fresh(carrierId, ct);
        return Volatile.Read(ref kept.Left) < 0;
    }

    public void Forget(long carrierId) => _kept.TryRemove(carrierId, out _);

    /// <summary>As the database has it now.</summary>
    public static async Task<CreditLeft> Read(AppDb db, long carrierId, CancellationToken ct)
    {
        var number = TopUpAccounts.CarrierFloat.Number;
        var booked = await db.Set<Entry>().Where(e => e.Kind == number && e.Owner == carrierId).SumAsync(e => e.Amount, ct);
        var onItsWay = await db.Set<TopUp>()
            .Where(t => t.State == TopUpState.Unprocessed || t.State == TopUpState.Unfinished || t.State == TopUpState.Applying)
            .Where(t => t.CarrierId == carrierId)
            .SumAsync(t => t.Amount, ct);
        return new CreditLeft(-booked - onItsWay, onItsWay);
    }

    private async Task<Kept> Fresh(long carrierId, CancellationToken ct)
    {
        if (_kept.TryGetValue(carrierId, out var kept) && clock.GetElapsedTime(kept.Since) < s_fresh)
        {
            return kept;
        }

        var since = clock.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        var left = (await Read(scope.ServiceProvider.GetRequiredService<AppDb>(), carrierId, ct)).Left;
        return _kept[carrierId] = new Kept { Left = left, Since = since };
    }

    private sealed class Kept
    {
        public long Left;

        public long Since { get; init; }
    }
}
