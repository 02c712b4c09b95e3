namespace Funding.Collections;

/// <summary>What a later module holds against the void or reversal of a recharge: the modules before it do not know refunds.</summary>
public interface ICorrectionGuard
{
    /// <summary>What stands against a correction now; null for nothing.</summary>
    Task<Refusal?> Obstacle(AppDb db, Transaction recharge, CancellationToken ct);

    /// <summary>Adds to the correction what keeps it from racing with the module's own bookings, or refuses it.</summary>
    Task<Refusal?> Add(Booking booking, AppDb db, Transaction recharge, CancellationToken ct);
}
