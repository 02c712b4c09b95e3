namespace Billing.Electricity;

/// <summary>Collection of electricity bills on the day-end sheet.</summary>
internal static class ElectricityDayEnd
{
    public static readonly IReadOnlyList<DayEndLineType> Lines =
    [
        new(ElectricityTransactions.Collection, DayEndSectionType.Received),
        new(ElectricityTransactions.Refused, DayEndSectionType.Received, GivesBack: true),
        new(ElectricityTransactions.Reversal, DayEndSectionType.Received, GivesBack: true),
        new(ElectricityTransactions.OwedPaid, DayEndSectionType.Received, GivesBack: true),
        new(ElectricityTransactions.Deposit, DayEndSectionType.Received),
        new(ElectricityTransactions.DepositRefused, DayEndSectionType.Received, GivesBack: true),
        new(ElectricityTransactions.DepositReversal, DayEndSectionType.Received, GivesBack: true),
        new(ElectricityTransactions.PaidIn, DayEndSectionType.Received),
        new(ElectricityTransactions.PaidOut, DayEndSectionType.Received, GivesBack: true),
        DayEndLineType.Within(ElectricityTransactions.Confirmed),
        DayEndLineType.Within(ElectricityTransactions.DepositConfirmed),
        DayEndLineType.Within(ElectricityTransactions.BatchDebit),
        DayEndLineType.Within(ElectricityTransactions.ChequeAccepted),
        DayEndLineType.Within(ElectricityTransactions.ChequeCollected),
        DayEndLineType.Within(ElectricityTransactions.Sweep),
        DayEndLineType.Within(ElectricityTransactions.Fee),
        DayEndLineType.Within(ElectricityTransactions.Contract),
    ];
}
