namespace Billing.Electricity.Reconciliation;

/// <summary>How each kind is settled.</summary>
internal sealed record DifferenceSettlement(string Name, string? Adjustment);

/// <summary>The settlements of the kinds, and the steps between their states, as tables.</summary>
internal static class DifferenceTable
{
    internal sealed record Row(DifferenceAction Action, DifferenceState From, DifferenceState To);

    public static readonly IReadOnlyList<Row> Steps =
    [
        new(DifferenceAction.LookAt, DifferenceState.Open, DifferenceState.LookedAt),
        new(DifferenceAction.Ask, DifferenceState.Open, DifferenceState.Asked),
        new(DifferenceAction.Ask, DifferenceState.LookedAt, DifferenceState.Asked),
        new(DifferenceAction.Reopen, DifferenceState.Settled, DifferenceState.Open),
        new(DifferenceAction.WriteOff, DifferenceState.Open, DifferenceState.WrittenOff),
        new(DifferenceAction.WriteOff, DifferenceState.LookedAt, DifferenceState.WrittenOff),
        new(DifferenceAction.WriteOff, DifferenceState.Asked, DifferenceState.WrittenOff),
    ];

    /// <summary>The step; null where it is not allowed. An amount is looked at first.</summary>
    public static Row? Step(DifferenceAction action, ReconciliationDifference d) =>
        action == DifferenceAction.Ask && d.Kind == DifferenceKind.Amount && d.State == DifferenceState.Open
            ? null
            : Steps.SingleOrDefault(s => s.Action == action && s.From == d.State);

    public static DifferenceSettlement Of(ReconciliationDifference d) =>
        d.Kind switch
        {
            DifferenceKind.BankOnly => new("powerAdds", "add"),
            DifferenceKind.PowerOnly => new("powerReverses", "reverse"),
            DifferenceKind.Amount => new("powerCorrects", "correct"),
            DifferenceKind.State => new("bankStatePassedOn", d.BankLine?.State == CollectionLine.Done ? "again-done" : "reverse"),
            _ => new("secondReversed", "reverse"),
        };
}
