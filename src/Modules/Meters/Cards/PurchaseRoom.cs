using Meters.Accounts;

namespace Meters.Cards;

/// <summary>How much may be sold (PM-05.4). Hundredths of a unit.</summary>
internal static class PurchaseRoom
{
    /// <summary>
    /// Remaining as last written back and the sale are at most the purchase limit. What the user owes never comes to the meter, so it may be sold on
    /// top. Null without a limit.
    /// </summary>
    public static long? Of(MeterAccount account, long remaining, long owed) =>
        account.PurchaseLimit == 0 ? null : Math.Max(0, account.PurchaseLimit - remaining + owed);
}
