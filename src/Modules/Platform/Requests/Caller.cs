using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Platform.Approvals;
using Platform.Idempotency;
using Platform.Problems;

namespace Platform.Requests;

/// <summary>
/// A function that an operator may use, through a role (PL-01.8), or an application, through a scope (PL-06.5). The name is stable:
/// <c>funding.collect-payment</c>.
/// </summary>
public sealed record Right(string Name, string Module, string En, string Zh)
{
    /// <summary>No application may have it: it takes a person to approve, to administer, or to close a day (PL-06.13).</summary>
    public bool PeopleOnly { get; init; }
}

/// <summary>The signed-in operator, or the application, behind a request.</summary>
/// <param name="OperatorId">The principal's id, whatever its kind.</param>
/// <param name="SessionId">An operator's session; 0 for others.</param>
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
    public PrincipalKind Kind { get; init; }

    public bool Has(Right right) => right is not null && Rights.Contains(right.Name);
}

/// <summary>What is known of the request under way: who calls, what it is bound to, and what was taken from memory for it.</summary>
public sealed class RequestContext
{
    private Caller? _caller;
    private List<Premise> _premises = [];

    public Caller Caller
    {
        get => _caller ?? throw new InvalidOperationException("The route lets everybody in and has no caller.");
        set => _caller = value;
    }

    public bool HasCaller => _caller is not null;

    /// <summary>SHA-256 of method, path with query, and body: what an idempotency key and an approval are bound to.</summary>
    public byte[] Digest { get; set; } = [];

    /// <summary>The body as it came; empty where it is a file.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>The request itself, for what an approver is shown of it.</summary>
    public HttpRequest? Http { get; set; }

    /// <summary>The file that came as the body, where the route takes one (<see cref="TakesFile"/>).</summary>
    public UploadedFile? Upload { get; set; }

    /// <summary>The name of the route's operation, under which it claims keys; null where it takes none.</summary>
    public string? Operation { get; set; }

    /// <summary>The header Idempotency-Key as it came.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>The key that it books under; null until it is claimed, and where it takes none.</summary>
    public IdempotencyClaim? Claim { get; set; }

    /// <summary>The header Approval-Token as it came.</summary>
    public string? ApprovalToken { get; set; }

    /// <summary>The approval this request carries, if it carries a good one.</summary>
    public Approval? Approval { get; set; }

    /// <summary>Who gave it, as he stands now.</summary>
    public StandingApprover? Approver { get; set; }

    /// <summary>
    /// May the decision go by what this process remembers? Only where it books, since the booking's transaction confirms it; not any more
    /// once it did not hold.
    /// </summary>
    public bool MayRemember { get; private set; }

    /// <summary>What was taken from memory so far.</summary>
    public IReadOnlyList<Premise> Premises => _premises;

    /// <summary>Asks the database again for the caller, who was taken from memory; a refusal when the request is not allowed any more.</summary>
    public Func<CancellationToken, Task<Refusal?>>? Recheck { get; set; }

    /// <summary>The caller may be taken from memory, and all that follows.</summary>
    public void Remember() => MayRemember = true;

    /// <summary>The decision goes by this, which came from memory.</summary>
    public void GoesBy(Premise premise) => _premises.Add(premise);

    /// <summary>Forgoes memory: from now on all is read from the database. Gives a refusal when the caller is not allowed any more.</summary>
    public async Task<Refusal?> Confirm(CancellationToken ct)
    {
        _premises = [];
        if (!MayRemember)
        {
            return null;
        }

        MayRemember = false;
        return Recheck is { } recheck ? await recheck(ct) : null;
    }

    /// <summary>A refusal before any decision; who is not signed in any more hears that first.</summary>
    public async Task<Refusal> Confirmed(Refusal refusal, CancellationToken ct) => await Confirm(ct) ?? refusal;

    /// <summary>Who books, without an approver.</summary>
    public Actor Actor => new(Caller.BranchId, Caller.OperatorId);

    /// <summary>Who books, with the approver where the request carries an approval for this action.</summary>
    public Actor ApprovedActor(ApprovalAction action) =>
        new(Caller.BranchId, Caller.OperatorId, IsApproved(action) ? Approval!.ApproverId : null);

    public bool IsApproved(ApprovalAction action) => Approval is { } approval && approval.Action == action?.Name;

    /// <summary>The refusal that asks for an approval of this very request, and says in words what it is about.</summary>
    public ApprovalRequired ApprovalRequired(ApprovalAction action, ApprovalSubject? subject = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        return new ApprovalRequired("", action.Name, Convert.ToHexStringLower(Digest))
        {
            Title = action,
            Subject = subject ?? ApprovalSubject.Unknown,
        };
    }
}
