namespace Access.Audit;

/// <summary>One record of the audit trail: operator, action, branch, time, subject and outcome.</summary>
/// <param name="Id" example="126437891174400000">The record's id. Newer records have higher ids.</param>
/// <param name="At" example="2026-11-22T02:15:30.1234567Z">When the action happened.</param>
/// <param name="BranchCode" example="10000001">The branch; null if no branch is known, for example after a sign-in with an unknown
/// login.</param>
/// <param name="OperatorId" example="126437891174400000">The id of the operator; null if nobody was signed in.</param>
/// <param name="Operator" example="li.na">That operator's login.</param>
/// <param name="ApproverId" example="126437891174400001">The id of the approver; null without an approval.</param>
/// <param name="Approver" example="wang.fang">That operator's login.</param>
/// <param name="Action" example="collect-payment">The action; a stable name.</param>
/// <param name="Subject" example="card:126437891174400002">The subject: a kind of resource and its id.</param>
/// <param name="Outcome" example="done">`done`, or the code of the refusal.</param>
/// <param name="SerialNumber" example="00030150224112025607">The serial number of the booked transaction; null if no money or points
/// moved.</param>
/// <param name="Detail" example="{&quot;amount&quot;:50000}">Further details as JSON text, without personal data.</param>
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
