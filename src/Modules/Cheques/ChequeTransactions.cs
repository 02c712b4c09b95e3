using Cheques.Claims;
using Cheques.Documents;

namespace Cheques;

/// <summary>The types of transaction of cheques.</summary>
public static class ChequeTransactions
{
    /// <summary>A cheque was taken in.</summary>
    public static readonly TransactionType Received = new("cheque-received", "Cheque received", "支票收取", ChequeReceipt.Kind.Name);

    /// <summary>Its money came.</summary>
    public static readonly TransactionType Cleared = new("cheque-cleared", "Cheque cleared", "支票到账");

    /// <summary>It came back unpaid.</summary>
    public static readonly TransactionType Bounced = new("cheque-bounced", "Cheque bounced", "支票退票");

    /// <summary>Money received for what a bounced cheque left owed (FC-33.1).</summary>
    public static readonly TransactionType ClaimPayment = new("claim-payment", "Claim payment", "支票欠款收款", ClaimReceipt.Kind.Name);

    /// <summary>That payment taken back.</summary>
    public static readonly TransactionType ClaimPaymentVoid = new(
        "claim-payment-void",
        "Void of a claim payment",
        "支票欠款收款撤销",
        ClaimReceipt.Kind.Name
    );

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<TransactionType> All = [Received, Cleared, Bounced, ClaimPayment, ClaimPaymentVoid];
}
