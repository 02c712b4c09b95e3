using Issuance.Holders;
using Platform.Outbox;

namespace Issuance;

/// <summary>A card was issued.</summary>
internal sealed record CardIssued(string CardNumber, CardType Type);

/// <summary>A card took the place of another.</summary>
internal sealed record CardReplaced(string OldCardNumber, string CardNumber);

/// <summary>A card's state was changed; <c>Proved</c> says how the holder proved to be one, where the holder asked for it.</summary>
internal sealed record CardStateChanged(string Number, CardState State, CardChange Change, ProvedBy? Proved);

/// <summary>The events of cards. Their key is the customer.</summary>
internal static class IssuanceEvents
{
    public static readonly ModuleEvents Declared = new();

    public static readonly EventType<CardIssued> CardIssued = Declared.Declare<CardIssued>(
        "card.issued",
        1,
        "A card was issued.",
        "已发卡。"
    );

    public static readonly EventType<CardReplaced> CardReplaced = Declared.Declare<CardReplaced>(
        "card.replaced",
        1,
        "A card was replaced by another.",
        "已补换卡。"
    );

    public static readonly EventType<CardStateChanged> CardStateChanged = Declared.Declare<CardStateChanged>(
        "card.state-changed",
        1,
        "The state of a card was changed.",
        "卡片状态已变更。"
    );
}
