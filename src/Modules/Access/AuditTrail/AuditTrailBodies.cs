namespace Access;

/// <summary>One record of the audit trail: who did what, where, when, for whom, and how it ended.</summary>
/// <param name="Id" example="126437891174400000">The record's id. Newer records have higher ids.</param>
/// <param name="At" example="2026-11-22T02:15:30.1234567Z">When it happened.</param>
/// <param name="BranchCode" example="10000001">At which branch; null where no branch is known, as in a sign-in with an unknown login.</param>
/// <param name="OperatorId" example="126437891174400000">Who did it; null where nobody was signed in.</param>
/// <param name="Operator" example="li.na">That operator's login.</param>
/// <param name="ApproverId" example="126437891174400001">Who approved it.</param>
/// <param name="Approver" example="wang.fang">That operator's login.</param>
/// <param name="Action" example="collect-payment">What was done, by a stable name.</param>
/// <param name="Subject" example="card:126437891174400002">What it was done to: a kind of thing and its id.</param>
/// <param name="Outcome" example="done">`done`, or the code of the refusal.</param>
/// <param name="SerialNumber" example="00030150224112025607">The transaction that was booked with it; null where no money or points moved.</param>
/// <param name="Detail" example="{&quot;amount&quot;:50000}">More about it as JSON text, without personal data.</param>
public sealed record AuditTrailItem(
    string Id,
    DateTime At,
    string? BranchCode,
    string? OperatorId,
    string? Operator,
    string? ApproverId,
    string? Approver,
    string Action,
    string Subject,
    string Outcome,
    string? SerialNumber,
    string? Detail
);
