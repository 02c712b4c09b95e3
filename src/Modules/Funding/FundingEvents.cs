using Platform.Outbox;

namespace Funding;

/// <summary>Money or points went onto a card or off it: fen, or points.</summary>
internal sealed record CardAmountMoved(string CardNumber, long Amount);

/// <summary>The events of money on and off the card. Their key is the customer.</summary>
internal static class FundingEvents
{
    public static readonly ModuleEvents Declared = new();

    public static readonly EventType<CardAmountMoved> CardLoaded = Declared.Declare<CardAmountMoved>(
        "card.loaded",
        1,
        "Money was loaded onto a card.",
        "已圈存。"
    );

    public static readonly EventType<CardAmountMoved> CardPointsLoaded = Declared.Declare<CardAmountMoved>(
        "card.points-loaded",
        1,
        "Points were loaded onto a card.",
        "已积分圈存。"
    );

    public static readonly EventType<CardAmountMoved> CardUnloaded = Declared.Declare<CardAmountMoved>(
        "card.unloaded",
        1,
        "Money was unloaded from a card.",
        "已圈提。"
    );
}
