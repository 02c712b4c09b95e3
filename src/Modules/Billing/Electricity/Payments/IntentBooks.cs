using Billing.Electricity.Days;
using Billing.Electricity.Merchants;
using Billing.Electricity.PayerAccounts;
using Microsoft.Extensions.Configuration;

namespace Billing.Electricity.Payments;

/// <summary>Books the intent of a payment before anything is sent to the power side, once for each request.</summary>
internal sealed class IntentBooks(AppDb db, Intents intents, TimeProvider clock, IConfiguration configuration)
{
    /// <summary>Longer than all attempts to send it take: only a killed process leaves a payment that nobody sends.</summary>
    private static readonly TimeSpan s_sending = TimeSpan.FromSeconds(30);

    /// <summary>When the background work asks after a payment that begins now.</summary>
    public DateTime FirstAsked => clock.GetUtcNow().UtcDateTime + configuration.GetValue("Electricity:Sending", s_sending);

    /// <summary>The payment of this request: the one that it opened before, or a new one.</summary>
    public Task<Outcome<ElectricityPayment>> Open(string requestKey, Func<Task<Outcome<Intent>>> decide, CancellationToken ct) =>
        intents.Open(() => db.Set<ElectricityPayment>().AsNoTracking().SingleOrDefaultAsync(p => p.RequestKey == requestKey, ct), decide);

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
