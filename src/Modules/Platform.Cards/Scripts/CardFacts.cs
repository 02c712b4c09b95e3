namespace Platform.Cards.Scripts;

/// <summary>What a card turned out to be.</summary>
public enum CardKind
{
    /// <summary>Ours, never issued.</summary>
    Blank,

    Issued,

    /// <summary>Not of this issuer's kind.</summary>
    Foreign,

    /// <summary>The card or its money application is blocked.</summary>
    Blocked,
}

/// <summary>
/// What could be read from a card without its PIN; null where it could not. Balance in fen, points in points. <c>GreyState</c>: 0 normal, 1 locked by
/// a station, 16 unlocked with its TAC not collected.
/// </summary>
public sealed record CardFacts(CardKind Kind)
{
    public string? ChipSerial { get; init; }

    public PublicFile? Public { get; init; }

    public HolderFile? Holder { get; init; }

    public RestrictionFile? Restrictions { get; init; }

    public long? Balance { get; init; }

    public long? Points { get; init; }

    public int? OfflineCounter { get; init; }

    public int? GreyState { get; init; }

    /// <summary>The 16-digit card number of an issued card.</summary>
    public string? CardNumber => Kind == CardKind.Blank ? null : Public?.CardNumber;
}
