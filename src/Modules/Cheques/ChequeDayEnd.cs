using Access.Branches;
using Cheques.Claims;
using Counter.BusinessDay;

namespace Cheques;

/// <summary>Cheques on the day-end sheet.</summary>
internal static class ChequeDayEnd
{
    /// <summary>支票登记: paper taken in and sent back; its money is received when it is used.</summary>
    private static readonly DayEndSectionType s_cheques = new("cheques", 2, "支票登记（使用时计入收付款）");

    public static readonly IReadOnlyList<DayEndLineType> Lines =
    [
        new(ChequeTransactions.Received, s_cheques),
        new(ChequeTransactions.Bounced, s_cheques, GivesBack: true),
        new(ChequeTransactions.ClaimPayment, DayEndSectionType.Received),
        new(ChequeTransactions.ClaimPaymentVoid, DayEndSectionType.Received, GivesBack: true),
        DayEndLineType.Within(ChequeTransactions.Cleared),
    ];
}
