namespace Funding;

/// <summary>The stable names of this module's own transactions, beside those of the platform.</summary>
public static class FundingTransactions
{
    /// <summary>A payment that goes to a card: into its reserve account first, and from there onto the chip (FC-09.7, FC-16).</summary>
    public const string Recharge = "recharge";

    /// <summary>From the purse to the quota account (FC-19).</summary>
    public const string Unload = "unload";

    /// <summary>One line of a recharge list, from the list's account into a customer's quota account (FC-22.2).</summary>
    public const string BatchRecharge = "batch-recharge";

    /// <summary>A recharge list was handed in; no money moves (FC-20.1).</summary>
    public const string RechargeListSubmitted = "recharge-list-submitted";

    /// <summary>A recharge list was taken back before its review; no money moves (FC-21.1).</summary>
    public const string RechargeListVoided = "recharge-list-voided";

    /// <summary>A reviewed list's money, from the unit's quota account into the list's account (FC-22.1).</summary>
    public const string RechargeListReleased = "recharge-list-released";

    /// <summary>What a list's lines did not use, back to the unit (FC-22.2).</summary>
    public const string RechargeListFinished = "recharge-list-finished";

    /// <summary>The result of a list was taken; no money moves (FC-23.1).</summary>
    public const string RechargeListRetrieved = "recharge-list-retrieved";
}
