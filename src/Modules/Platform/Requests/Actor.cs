namespace Platform.Requests;

/// <summary>Who a booking is made by and for: taken from the caller, or from the card operation that runs on the caller's behalf.</summary>
public sealed record Actor(long BranchId, long OperatorId, long? ApproverId = null);
