namespace Billing.Electricity.Payments;

/// <summary>The state of a payment of a customer's electricity.</summary>
public enum PaymentState
{
    /// <summary>The money is booked and the power side is being told.</summary>
    Sending,

    /// <summary>The power side confirmed it, or the day-end decided for the bank's book.</summary>
    Paid,

    /// <summary>The power side does not have it and never will. The money goes back to the payer.</summary>
    Refused,

    /// <summary>The power side gave no definite answer. It is asked again.</summary>
    Pending,

    /// <summary>The power side is being told to reverse it.</summary>
    Reversing,

    /// <summary>The power side reversed it. The money went back to the payer.</summary>
    Reversed,
}

/// <summary>What happens to a payment.</summary>
internal enum PaymentEvent
{
    /// <summary>The power side has it as paid.</summary>
    PowerHasIt,

    /// <summary>The power side said a definite no, or has it as reversed.</summary>
    PowerRefused,

    /// <summary>Nobody answered, or not definitely.</summary>
    NoAnswer,

    /// <summary>The power side never knew it, its reference is not valid any more, and it said so twice.</summary>
    NeverKnown,

    /// <summary>The counter asks for its reversal, with approval.</summary>
    ReversalAsked,

    /// <summary>The power side reversed it.</summary>
    PowerReversed,

    /// <summary>The power side does not reverse it.</summary>
    ReversalRefused,

    /// <summary>The work date ends: the bank's book decides.</summary>
    WorkDateEnds,
}

/// <summary>What is booked with a step.</summary>
internal enum PaymentMoney
{
    /// <summary>Nothing.</summary>
    Stays,

    /// <summary>From in doubt to the unit's transit account.</summary>
    ToTransit,

    /// <summary>From where it is, in doubt or in transit, back to the payer.</summary>
    ToPayer,
}

/// <summary>One row of the table.</summary>
internal sealed record PaymentStep(PaymentState From, PaymentEvent Event, PaymentState To, PaymentMoney Money);

/// <summary>The states of a collection (4623) as one table: what it does not list cannot happen.</summary>
internal static class PaymentStates
{
    public static readonly IReadOnlyList<PaymentStep> Table =
    [
        new(PaymentState.Sending, PaymentEvent.PowerHasIt, PaymentState.Paid, PaymentMoney.ToTransit),
        new(PaymentState.Sending, PaymentEvent.PowerRefused, PaymentState.Refused, PaymentMoney.ToPayer),
        new(PaymentState.Sending, PaymentEvent.NoAnswer, PaymentState.Pending, PaymentMoney.Stays),
        new(PaymentState.Sending, PaymentEvent.NeverKnown, PaymentState.Refused, PaymentMoney.ToPayer),
        new(PaymentState.Sending, PaymentEvent.WorkDateEnds, PaymentState.Paid, PaymentMoney.ToTransit),
        new(PaymentState.Pending, PaymentEvent.PowerHasIt, PaymentState.Paid, PaymentMoney.ToTransit),
        new(PaymentState.Pending, PaymentEvent.PowerRefused, PaymentState.Refused, PaymentMoney.ToPayer),
        new(PaymentState.Pending, PaymentEvent.NoAnswer, PaymentState.Pending, PaymentMoney.Stays),
        new(PaymentState.Pending, PaymentEvent.NeverKnown, PaymentState.Refused, PaymentMoney.ToPayer),
        new(PaymentState.Pending, PaymentEvent.ReversalAsked, PaymentState.Reversing, PaymentMoney.Stays),
        new(PaymentState.Pending, PaymentEvent.WorkDateEnds, PaymentState.Paid, PaymentMoney.ToTransit),
        new(PaymentState.Paid, PaymentEvent.ReversalAsked, PaymentState.Reversing, PaymentMoney.Stays),
        new(PaymentState.Reversing, PaymentEvent.PowerReversed, PaymentState.Reversed, PaymentMoney.ToPayer),
        new(PaymentState.Reversing, PaymentEvent.ReversalRefused, PaymentState.Paid, PaymentMoney.ToTransit),
        new(PaymentState.Reversing, PaymentEvent.NoAnswer, PaymentState.Reversing, PaymentMoney.Stays),
        new(PaymentState.Reversing, PaymentEvent.WorkDateEnds, PaymentState.Paid, PaymentMoney.ToTransit),
    ];

    private static readonly Dictionary<(PaymentState, PaymentEvent), PaymentStep> s_steps = Table.ToDictionary(s => (s.From, s.Event));

    /// <summary>The step; null where this cannot happen to a payment of this state.</summary>
    public static PaymentStep? Step(PaymentState from, PaymentEvent happened) => s_steps.GetValueOrDefault((from, happened));

    /// <summary>Does the bank's book have it: does it count, in the lines of the day and for the sweep?</summary>
    public static bool IsFinal(PaymentState state) => state is PaymentState.Paid or PaymentState.Refused or PaymentState.Reversed;
}
