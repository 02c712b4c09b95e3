using Meters.Sales;
using Platform.Cards.Operations;

namespace Meters.Tools;

/// <summary>A card that can be made.</summary>
public enum MeterCardToMake
{
    /// <summary>新卡: from a blank one, with its own secret code.</summary>
    New,

    /// <summary>设置卡.</summary>
    Setting,

    /// <summary>清空卡.</summary>
    Clear,

    /// <summary>清零卡.</summary>
    Zero,

    /// <summary>A used card becomes a new one again.</summary>
    Recycled,
}

/// <summary>The card to make of the one that was read. Quantities are hundredths of a unit.</summary>
/// <param name="ReadId" example="126437891174400003">The reading: of a blank card for new, a new card for a tool card, any other to recycle.</param>
/// <param name="Kind" example="setting">What to make.</param>
/// <param name="AccountId" example="126437891174400001">The account of a setting, clear or zero card.</param>
/// <param name="PurchaseLimit" example="100000">Overrides the account's 限购量 on a setting card.</param>
/// <param name="PreStored" example="500">Overrides its 预存量.</param>
/// <param name="Alarm" example="1000">Overrides its 报警量.</param>
/// <param name="Overdraft" example="400">Overrides its 透支量.</param>
public sealed record MakeMeterCardRequest(
    string ReadId,
    MeterCardToMake Kind,
    string? AccountId = null,
    long? PurchaseLimit = null,
    long? PreStored = null,
    long? Alarm = null,
    long? Overdraft = null
);

/// <summary>A card is ready to be made. Hand the ticket to the agent.</summary>
/// <param name="Operation">The card operation and its ticket.</param>
/// <param name="CardNumber" example="9900000000000010">The card's number.</param>
public sealed record MeterCardMaking(CardOperationTicket Operation, string CardNumber);

/// <summary>The card is in use; recycle it first (PM-09.2).</summary>
public sealed record MeterCardUsed(string Kind)
    : Refusal("meter-card-used", 409, $"The card is of the kind {Kind}. Recycle it first.", $"该卡为已用卡（{Kind}），请先回收。");

/// <summary>The card is a user's, with an open account: replace it or close the account.</summary>
public sealed record MeterCardInUse()
    : Refusal(
        "meter-card-in-use",
        409,
        "The card carries an open account. Replace it or close the account first.",
        "该卡有未销户的账户，不能回收，请先补卡或销户。"
    );
