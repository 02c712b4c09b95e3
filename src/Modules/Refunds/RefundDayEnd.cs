using Counter.BusinessDay;

namespace Refunds;

/// <summary>Closings and refunds on the day-end sheet, each in the way in which the money left (FC-30.3).</summary>
internal static class RefundDayEnd
{
    public static readonly IReadOnlyList<DayEndLineType> Lines =
    [
        new(RefundTransactions.Closing, DayEndSectionType.Received),
        new(RefundTransactions.Refund, DayEndSectionType.Received, GivesBack: true),
        new(RefundTransactions.SpecialRefund, DayEndSectionType.Received, GivesBack: true),
        new(RefundTransactions.SmallRefund, DayEndSectionType.Received, GivesBack: true),
        new(RefundTransactions.DepositRefund, DayEndSectionType.Received, GivesBack: true),
        new(RefundTransactions.RefundFee, DayEndSectionType.Received),
        new(RefundTransactions.RefundFeeVoid, DayEndSectionType.Received, GivesBack: true),
        new(RefundTransactions.CreditPayment, DayEndSectionType.Received),
        new(RefundTransactions.Returned, DayEndSectionType.Received),
        new(RefundTransactions.Cancelled, DayEndSectionType.Received),
        DayEndLineType.Within(RefundTransactions.ClosingOpened),
        DayEndLineType.Within(RefundTransactions.ClosingGivenUp),
        DayEndLineType.Within(RefundTransactions.PurseSwept),
        DayEndLineType.Within(RefundTransactions.Confirmed),
    ];
}
