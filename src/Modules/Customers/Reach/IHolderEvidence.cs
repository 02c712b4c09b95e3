using Platform.Persistence;

namespace Customers.Reach;

/// <summary>Whether the holder of a customer was here, for an operator at a branch, at an instant.</summary>
public sealed record HolderSeen(long CustomerId, long OperatorId, long BranchId, DateTime At);

/// <summary>What besides the certificate shows that a customer's holder is here, such as a card: brought by the module that knows.</summary>
public interface IHolderEvidence
{
    /// <summary>Was it shown to the operator, and is that still good?</summary>
    Task<bool> Shows(AppDb db, HolderSeen seen, CancellationToken ct);
}
