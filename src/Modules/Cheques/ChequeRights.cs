using Cheques.Claims;

namespace Cheques;

/// <summary>The functions of this module, one right each.</summary>
internal static class ChequeRights
{
    public static readonly Right Receive = New("receive", "Receive cheques", "支票收取");
    public static readonly Right Clear = New("clear", "Clear cheques", "支票到账");
    public static readonly Right Bounce = New("bounce", "Bounce cheques", "支票退票");
    public static readonly Right See = New("see", "See cheques", "支票查询");
    public static readonly Right SetMode = New("set-mode", "Set a customer's cheque mode", "客户支票到账方式维护");

    public static readonly Right PayClaim = New("pay-claim", "Record payments of bounced-cheque debts", "支票欠款收取");
    public static readonly Right TakeClaimPaymentBack = New(
        "take-claim-payment-back",
        "Void payments of bounced-cheque debts",
        "支票欠款收款撤销"
    );

    public static readonly IReadOnlyList<Right> All = [Receive, Clear, Bounce, See, SetMode, PayClaim, TakeClaimPaymentBack];

    private static Right New(string function, string en, string zh) => new($"cheques.{function}", "cheques", en, zh);
}
