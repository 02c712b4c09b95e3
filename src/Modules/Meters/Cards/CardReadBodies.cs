using Meters.Carriers.Cards;

namespace Meters.Cards;

/// <summary>What a meter wrote back. Quantities in hundredths of a unit.</summary>
/// <param name="Remaining" example="1250">What was left; below zero in overdraft.</param>
/// <param name="TotalUse" example="86400">What was used since the meter was cleared.</param>
/// <param name="Result">What the meter did with the card.</param>
/// <param name="Flags">alarm, overdraft, valveClosed, tamper, lowBattery.</param>
/// <param name="MeterTime">The meter's clock.</param>
public sealed record MeterWriteBack(
    long Remaining,
    long TotalUse,
    MeterResult Result,
    IReadOnlyList<string> Flags,
    DateTimeOffset MeterTime
);

/// <summary>One account on a card. Quantities in hundredths of a unit.</summary>
/// <param name="SupplyId" example="126437891174400002">The supply's id.</param>
/// <param name="SubMeter" example="1">子表号.</param>
/// <param name="AccountId" example="126437891174400001">The account's id.</param>
/// <param name="AccountName" example="一期居民电表">The account's name.</param>
/// <param name="PriceName" example="居民电价">The user's price.</param>
/// <param name="MeterNumber" example="202600000001">表号.</param>
/// <param name="WaitsForSwipe">The last purchase was not taken by the meter: no sale.</param>
/// <param name="Seq" example="7">The counter of the last purchase.</param>
/// <param name="LastQuantity" example="3000">What of it stands on the card.</param>
/// <param name="LastDate" example="2026-07-01">When it was sold.</param>
/// <param name="Owed" example="0">Owed by the user, and taken off the next sale.</param>
/// <param name="MostToSell" example="98750">The largest quantity that may be sold now; null without a limit.</param>
/// <param name="WriteBack">What the meter wrote back; null before it did.</param>
public sealed record MeterSupplyOnCard(
    string SupplyId,
    int SubMeter,
    string AccountId,
    string AccountName,
    string PriceName,
    string MeterNumber,
    bool WaitsForSwipe,
    int Seq,
    long LastQuantity,
    DateOnly? LastDate,
    long Owed,
    long? MostToSell,
    MeterWriteBack? WriteBack
);

/// <summary>What was read from a card.</summary>
/// <param name="ReadId" example="126437891174400003">The id for the next step, for ten minutes.</param>
/// <param name="Kind" example="user">blank, foreign, new, user, setting, clear, zero or void.</param>
/// <param name="Title" example="用户卡">The kind in Chinese.</param>
/// <param name="CardNumber" example="9900000000000010">The card's number; null for a card that is not ours.</param>
/// <param name="Faults">What is wrong with the card; codes, empty for a sound one.</param>
/// <param name="UserId" example="126437891174400004">The user's id; null without one.</param>
/// <param name="UserNumber" example="000000000042">用户编号.</param>
/// <param name="UserName" example="*小明">The user's name, masked unless the caller may see personal data.</param>
/// <param name="Supplies">The accounts on the card, at most four.</param>
/// <param name="Settings">What a setting card sets; null on others.</param>
/// <param name="PendingOperationId" example="126437891174400005">An unsettled operation of the card; read the card again for it.</param>
public sealed record MeterCardReadView(
    string ReadId,
    string Kind,
    string Title,
    string? CardNumber,
    IReadOnlyList<string> Faults,
    string? UserId,
    string? UserNumber,
    string? UserName,
    IReadOnlyList<MeterSupplyOnCard> Supplies,
    MeterSettingsView? Settings,
    string? PendingOperationId
);

/// <summary>What a setting card sets, in hundredths of a unit.</summary>
/// <param name="PurchaseLimit" example="100000">限购量.</param>
/// <param name="PreStored" example="500">预存量.</param>
/// <param name="Alarm" example="1000">报警量.</param>
/// <param name="Overdraft" example="400">透支量.</param>
/// <param name="SubMeter" example="1">子表号.</param>
public sealed record MeterSettingsView(long PurchaseLimit, long PreStored, long Alarm, long Overdraft, int SubMeter);
