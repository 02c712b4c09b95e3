namespace Billing.TopUps.Sales;

/// <summary>充值状态: the state of an online or change top-up.</summary>
public enum TopUpState
{
    /// <summary>未处理: sold at the till, not handed to the carrier yet.</summary>
    Unprocessed,

    /// <summary>未完成: could not be handed over for a reason of ours or of the line; certainly not sent; it will be tried.</summary>
    Unfinished,

    /// <summary>申请中: sent, the carrier's end answer is missing.</summary>
    Applying,

    /// <summary>申请成功: the carrier has credited the phone.</summary>
    Succeeded,

    /// <summary>申请失败: certainly not credited; the customer gets his money back, once.</summary>
    Failed,
}

/// <summary>What happens to a top-up.</summary>
internal enum TopUpEvent
{
    /// <summary>The intent to send is on disk; then it is sent.</summary>
    HandedOver,

    /// <summary>Carrier away, credit used up, outside hours.</summary>
    HeldBack,

    /// <summary>Refused by us.</summary>
    RefusedHere,

    /// <summary>Cancelled at the till before it was sent.</summary>
    Cancelled,

    /// <summary>Not sent until its validity ended.</summary>
    NotSentInTime,

    /// <summary>The carrier has credited the phone.</summary>
    Credited,

    /// <summary>The carrier's definite no.</summary>
    Declined,

    /// <summary>The carrier never knew it, its validity is over, and it said so twice.</summary>
    NeverKnown,

    /// <summary>No answer, or none that is an end.</summary>
    NoAnswer,

    /// <summary>A person settles a contradiction: the carrier is right, the phone is credited.</summary>
    AcceptedAsCredited,

    /// <summary>A person settles a contradiction: the carrier is right, the phone is not credited.</summary>
    AcceptedAsFailed,
}

/// <summary>What is booked with a step.</summary>
internal enum TopUpMoney
{
    /// <summary>Nothing.</summary>
    Stays,

    /// <summary>From in doubt to the carrier's float.</summary>
    DoubtToFloat,

    /// <summary>From in doubt to what is due to the customer.</summary>
    DoubtToRefund,

    /// <summary>From what is due to the customer to the carrier's float.</summary>
    RefundToFloat,

    /// <summary>From the carrier's float to what is due to the customer.</summary>
    FloatToRefund,
}

/// <summary>One row of the table.</summary>
internal sealed record TopUpStep(TopUpState From, TopUpEvent Event, TopUpState To, TopUpMoney Money);

/// <summary>
/// The states of a top-up as one table (MT-01.1, MT-01.6): what it does not list cannot happen. What may have left us is never "not sent" again, and
/// only a person changes an end.
/// </summary>
internal static class TopUpStates
{
    public static readonly IReadOnlyList<TopUpStep> Table =
    [
        new(TopUpState.Unprocessed, TopUpEvent.HandedOver, TopUpState.Applying, TopUpMoney.Stays),
        new(TopUpState.Unprocessed, TopUpEvent.HeldBack, TopUpState.Unfinished, TopUpMoney.Stays),
        new(TopUpState.Unprocessed, TopUpEvent.RefusedHere, TopUpState.Failed, TopUpMoney.DoubtToRefund),
        new(TopUpState.Unprocessed, TopUpEvent.Cancelled, TopUpState.Failed, TopUpMoney.DoubtToRefund),
        new(TopUpState.Unprocessed, TopUpEvent.NotSentInTime, TopUpState.Failed, TopUpMoney.DoubtToRefund),
        new(TopUpState.Unfinished, TopUpEvent.HandedOver, TopUpState.Applying, TopUpMoney.Stays),
        new(TopUpState.Unfinished, TopUpEvent.HeldBack, TopUpState.Unfinished, TopUpMoney.Stays),
        new(TopUpState.Unfinished, TopUpEvent.RefusedHere, TopUpState.Failed, TopUpMoney.DoubtToRefund),
        new(TopUpState.Unfinished, TopUpEvent.Cancelled, TopUpState.Failed, TopUpMoney.DoubtToRefund),
        new(TopUpState.Unfinished, TopUpEvent.NotSentInTime, TopUpState.Failed, TopUpMoney.DoubtToRefund),
        new(TopUpState.Applying, TopUpEvent.Credited, TopUpState.Succeeded, TopUpMoney.DoubtToFloat),
        new(TopUpState.Applying, TopUpEvent.Declined, TopUpState.Failed, TopUpMoney.DoubtToRefund),
        new(TopUpState.Applying, TopUpEvent.NeverKnown, TopUpState.Failed, TopUpMoney.DoubtToRefund),
        new(TopUpState.Applying, TopUpEvent.NoAnswer, TopUpState.Applying, TopUpMoney.Stays),
        new(TopUpState.Failed, TopUpEvent.AcceptedAsCredited, TopUpState.Succeeded, TopUpMoney.RefundToFloat),
        new(TopUpState.Succeeded, TopUpEvent.AcceptedAsFailed, TopUpState.Failed, TopUpMoney.FloatToRefund),
    ];

    private static readonly Dictionary<(TopUpState, TopUpEvent), TopUpStep> s_steps = Table.ToDictionary(s => (s.From, s.Event));

    /// <summary>The step; null where this cannot happen to a top-up of this state.</summary>
    public static TopUpStep? Step(TopUpState from, TopUpEvent happened) => s_steps.GetValueOrDefault((from, happened));

    public static bool IsEnd(TopUpState state) => state is TopUpState.Succeeded or TopUpState.Failed;

    public static string Zh(TopUpState state) =>
        state switch
        {
            TopUpState.Unprocessed => "未处理",
            TopUpState.Unfinished => "未完成",
            TopUpState.Applying => "申请中",
            TopUpState.Succeeded => "申请成功",
            _ => "申请失败",
        };
}
