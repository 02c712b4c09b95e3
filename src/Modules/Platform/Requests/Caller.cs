using System.Collections.Frozen;

namespace Platform;

/// <summary>A function that an operator may use, through a role (PL-01.8). The name is stable: <c>funding.collect-payment</c>.</summary>
public sealed record Right(string Name, string Module, string En, string Zh);

/// <summary>The signed-in operator behind a request.</summary>
/// <param name="Rights">Names of the rights, among them <c>approve</c> for approvers.</param>
public sealed record Caller(
    long OperatorId,
    string Login,
    string Name,
    long BranchId,
    string BranchCode,
    long SessionId,
    FrozenSet<string> Rights
)
{
    public bool Has(Right right) => right is not null && Rights.Contains(right.Name);
}

/// <summary>An approval that a request carries, found and still good (PL-02). Used up by the booking that needed it.</summary>
public sealed class RequestContext
{
    private Caller? _caller;

    public Caller Caller
    {
        get => _caller ?? throw new InvalidOperationException("The route lets everybody in and has no caller.");
        set => _caller = value;
    }

    public bool HasCaller => _caller is not null;

    /// <summary>SHA-256 of method, path with query, and body: what an idempotency key and an approval are bound to.</summary>
    public byte[] Digest { get; set; } = [];

    /// <summary>The header Idempotency-Key as it came.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>The header Approval-Token as it came.</summary>
    public string? ApprovalToken { get; set; }

    /// <summary>The approval this request carries, if it carries a good one.</summary>
    public Approval? Approval { get; set; }

    /// <summary>Who books, without an approver.</summary>
    public Actor Actor => new(Caller.BranchId, Caller.OperatorId);

    /// <summary>Who books, with the approver where the request carries an approval for this action.</summary>
    public Actor ApprovedActor(string action) => new(Caller.BranchId, Caller.OperatorId, IsApproved(action) ? Approval!.ApproverId : null);

    public bool IsApproved(string action) => Approval?.Action == action;

    /// <summary>The refusal that asks for an approval of this very request.</summary>
    public ApprovalRequired ApprovalRequired(string action) => new(action, Convert.ToHexStringLower(Digest));
}
