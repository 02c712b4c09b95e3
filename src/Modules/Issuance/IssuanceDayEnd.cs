using Access.Branches;
using Counter.BusinessDay;

namespace Issuance;

/// <summary>Issuing and replacing on the day-end sheet: what a card cost is received; holding and releasing it are steps to that.</summary>
internal static class IssuanceDayEnd
{
    public static readonly IReadOnlyList<DayEndLineType> Lines =
    [
        new(IssuanceTransactions.Issue, DayEndSectionType.Received),
        new(IssuanceTransactions.Replacement, DayEndSectionType.Received),
        DayEndLineType.Within(IssuanceTransactions.IssueFeesHeld),
        DayEndLineType.Within(IssuanceTransactions.IssueFeesReleased),
        DayEndLineType.Within(IssuanceTransactions.SubCardBatch),
    ];
}
