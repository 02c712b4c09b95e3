namespace Funding;

/// <summary>The stable names of this module's own transactions, beside those of the platform.</summary>
public static class FundingTransactions
{
    /// <summary>A payment that goes to a card: into its reserve account first, and from there onto the chip (FC-09.7, FC-16).</summary>
    public const string Recharge = "recharge";

    /// <summary>From the purse to the quota account (FC-19).</summary>
    public const string Unload = "unload";
}
