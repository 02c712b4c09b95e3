using Platform.Outbox;

namespace Billing.TopUps;

/// <summary>A top-up came to an end, or its end was changed by a person. Amount in fen.</summary>
internal sealed record TopUpEnded(string SerialNumber, string State, long Amount);

/// <summary>The events of top-ups. Their key is the top-up.</summary>
internal static class TopUpEvents
{
    public static readonly ModuleEvents Declared = new();

    public static readonly EventType<TopUpEnded> Ended = Declared.Declare<TopUpEnded>(
        "top-up.ended",
        1,
        "A top-up succeeded or failed.",
        "移动充值成功或失败。"
    );

    public static readonly EventType<TopUpEnded> Refunded = Declared.Declare<TopUpEnded>(
        "top-up.refunded",
        1,
        "The money of a failed top-up was given back.",
        "充值失败款已退。"
    );
}
