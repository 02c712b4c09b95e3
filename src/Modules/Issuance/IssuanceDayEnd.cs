using Access;
using Platform;

namespace Issuance;

/// <summary>Issuing and replacing on the day-end sheet: what a card cost is received; holding and releasing it are steps to that.</summary>
internal static class IssuanceDayEnd
{
    public static readonly IReadOnlyList<DayEndLineType> Lines =
    [
        new(TransactionTypes.Issue, DayEndSectionType.Received),
        new(TransactionTypes.Replacement, DayEndSectionType.Received),
        DayEndLineType.Within(TransactionTypes.IssueFeesHeld),
        DayEndLineType.Within(TransactionTypes.IssueFeesReleased),
        DayEndLineType.Within(TransactionTypes.SubCardBatch),
    ];
}
