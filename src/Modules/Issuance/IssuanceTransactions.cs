using Issuance.Documents;

namespace Issuance;

/// <summary>The types of transaction of cards and their sale.</summary>
public static class IssuanceTransactions
{
    /// <summary>A card was issued, with its fees and deposit.</summary>
    public static readonly TransactionType Issue = new("issue", "Card issue", "发卡", ApplicationForm.Kind.Name, FeeReceipt.Kind.Name);

    /// <summary>A cheque's money was held for the fees of a card that is being issued.</summary>
    public static readonly TransactionType IssueFeesHeld = new("issue-fees-held", "Issue fees held", "发卡收费（预留）");

    /// <summary>The card was never written, and the fees went back.</summary>
    public static readonly TransactionType IssueFeesReleased = new("issue-fees-released", "Issue fees released", "发卡收费（撤回）");

    /// <summary>The list of sub-cards that were issued together.</summary>
    public static readonly TransactionType SubCardBatch = new("sub-card-batch", "Sub-card list", "发副卡清单", SubCardList.Kind.Name);

    /// <summary>The fee of a card that takes the place of another (FC-36).</summary>
    public static readonly TransactionType Replacement = new("replacement", "Card replacement", "补换卡", FeeReceipt.Kind.Name);

    /// <summary>
    /// A payment that goes to a card: into its reserve account first, and from there onto the chip (FC-09.7, FC-16). Declared here, because it may
    /// be what a bearer card was sold by; its receipt is the module Funding's.
    /// </summary>
    public static readonly TransactionType Recharge = new("recharge", "Recharge", "充值", "advance-receipt") { IsCorrectable = true };

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<TransactionType> All =
    [
        Issue,
        IssueFeesHeld,
        IssueFeesReleased,
        SubCardBatch,
        Replacement,
        Recharge,
    ];
}
