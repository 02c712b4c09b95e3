using Customers.Reach;
using Issuance.CardSessions;

namespace Issuance.Holders;

/// <summary>The part of the rule of other branches that is about moving money (<see cref="CustomerReach"/>).</summary>
public sealed class MoneyReach
{
    private readonly CustomerReach _reach;
    private readonly CardPresence _presence;

    internal MoneyReach(CustomerReach reach, CardPresence presence) => (_reach, _presence) = (reach, presence);

    /// <summary>
    /// The refusal of what moves a customer's money by a typed number: at a branch that is neither the customer's nor above it, a card of the
    /// customer must be present. Null when it may be done.
    /// </summary>
    public async Task<Refusal?> Change(Customer customer, string? cardSessionId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(customer);
        if (await _reach.IsOwn(customer, ct))
        {
            return null;
        }

        if (cardSessionId is null)
        {
            return new CustomerOutOfReach();
        }

        var present = await _presence.Find(cardSessionId, ct);
        return present.Refusal ?? (present.Value.Customer.Id == customer.Id ? null : new CustomerOutOfReach());
    }
}
