using Billing.Electricity.Days;
using Billing.Electricity.Merchants;
using Billing.Electricity.PayerAccounts;
using Microsoft.Extensions.Configuration;

namespace Billing.Electricity.Payments;

/// <summary>A payment that is decided and not booked yet, with what the decision went by.</summary>
internal sealed record PaymentIntent(SilentBooking Booking, IReadOnlyList<Premise> Premises);

/// <summary>Books the intent of a payment before anything is sent to the power side, once for each request.</summary>
internal sealed class IntentBooks(AppDb db, Books books, TimeProvider clock, IConfiguration configuration)
{
    private const int Tries = 5;

    /// <summary>Longer than all attempts to send it take: only a killed process leaves a payment that nobody sends.</summary>
    private static readonly TimeSpan s_sending = TimeSpan.FromSeconds(30);

    /// <summary>When the background work asks after a payment that begins now.</summary>
    public DateTime FirstAsked => clock.GetUtcNow().UtcDateTime + configuration.GetValue("Electricity:Sending", s_sending);

    /// <summary>The payment of this request: the one that it opened before, or a new one.</summary>
    public async Task<Outcome<ElectricityPayment>> Open(string requestKey, Func<Task<Outcome<PaymentIntent>>> decide, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(decide);
        for (var i = 0; i < Tries; i++)
        {
            if (await db.Set<ElectricityPayment>().AsNoTracking().SingleOrDefaultAsync(p => p.RequestKey == requestKey, ct) is { } known)
            {
                return known;
            }

            var decided = await decide();
            if (decided.Refusal is { } refusal)
            {
                return refusal;
            }

            var booking = decided.Value.Booking;
            switch (await books.Post(booking, premises: decided.Value.Premises))
            {
                case BookingResult.Answered:
                    return await db.Set<ElectricityPayment>().AsNoTracking().SingleAsync(p => p.Id == booking.Id, ct);
                case BookingResult.Refused refused:
                    return refused.Refusal;
            }
        }

        return new ConcurrentChange();
    }

    /// <summary>What a decision about a payment goes by.</summary>
    public static IReadOnlyList<Premise> Premises(AccountingUnit unit, HeldAdmission admission, WorkDate day, PayerAccountView? payer)
    {
        List<Premise> premises = [Premise.Of<AccountingUnit>(unit.Id, unit.Version), admission.Premise, day.Held];
        if (payer is not null)
        {
            premises.Add(payer.Premise);
        }

        return premises;
    }
}
