namespace Billing.Electricity.Merchants;

/// <summary>One change of a unit.</summary>
/// <param name="Field" example="settlementAccount">The field, as the API writes it.</param>
/// <param name="Old" example="6223201234567890123">Its value before; null when the unit was opened.</param>
/// <param name="New" example="6223201234567890131">Its value after.</param>
/// <param name="OperatorId" example="150224112025602">Who changed it.</param>
/// <param name="ApproverId" example="150224112025603">Who approved it.</param>
/// <param name="At">When.</param>
public sealed record UnitChangeItem(string Field, string? Old, string? New, string OperatorId, string? ApproverId, DateTimeOffset At);
