namespace Meters.Carriers.Cards;

/// <summary>What a meter card is for.</summary>
public enum MeterCardKind : byte
{
    /// <summary>新卡: ours, without a user.</summary>
    New = 1,

    /// <summary>用户卡.</summary>
    User = 2,

    /// <summary>设置卡: sets a meter's limits and maintenance code.</summary>
    Setting = 3,

    /// <summary>清空卡: empties a meter, all but its clock.</summary>
    Clear = 4,

    /// <summary>清零卡: empties a meter, all but its clock and total use.</summary>
    Zero = 5,

    /// <summary>作废卡: replaced or closed.</summary>
    Void = 6,
}

/// <summary>Why a purchase stands on a card.</summary>
public enum PurchaseKind : byte
{
    /// <summary>开户.</summary>
    Opening = 1,

    /// <summary>充值.</summary>
    Recharge = 2,

    /// <summary>补卡: the last purchase again, on another card.</summary>
    Replacement = 3,

    /// <summary>换表: what was left in the meter before.</summary>
    MeterChange = 4,
}

/// <summary>What a meter did with the last card: the high byte of the state.</summary>
public enum MeterResult : byte
{
    /// <summary>The purchase was taken.</summary>
    Taken = 0,

    /// <summary>Nothing new was on the card; the meter wrote back only.</summary>
    WrittenBack = 1,

    /// <summary>The card belongs to another maintenance code. Shown only; nothing is written.</summary>
    WrongDomain = 2,

    /// <summary>The card is not authentic. Shown only; nothing is written.</summary>
    WrongMac = 3,

    /// <summary>The purchase counter skips one.</summary>
    Gap = 4,

    /// <summary>The meter was not set after it was emptied.</summary>
    NotSet = 5,

    /// <summary>The card belongs to another user or another meter.</summary>
    ForeignUser = 6,

    /// <summary>The purchase would exceed the purchase limit.</summary>
    OverLimit = 7,
}

/// <summary>What a meter says about itself: the low byte of the state.</summary>
[Flags]
public enum MeterFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The remaining quantity is at or below the alarm quantity.</summary>
    Alarm = 1,

    /// <summary>The remaining quantity is below zero.</summary>
    Overdraft = 2,

    /// <summary>The valve is closed.</summary>
    ValveClosed = 4,

    /// <summary>The meter was opened or cheated.</summary>
    Tamper = 8,

    /// <summary>The battery is low.</summary>
    LowBattery = 16,
}

/// <summary>The first 18 bytes of a card.</summary>
/// <param name="Kind">What the card is for.</param>
/// <param name="Domain">Stands for the maintenance code, which is not on the card; 0 on a new card.</param>
/// <param name="Serial">The card's serial number.</param>
/// <param name="UserNumber">12 digits; all zero on a card without a user.</param>
public sealed record MeterCardHeader(MeterCardKind Kind, uint Domain, uint Serial, string UserNumber)
{
    /// <summary>The user number of a card without a user.</summary>
    public const string NoUser = "000000000000";
}

/// <summary>A purchase on its way to the meter.</summary>
/// <param name="Seq">The purchase counter: 1 for the opening, then one more each.</param>
/// <param name="Revision">0, and one more for each correction.</param>
/// <param name="Kind">Why it is there.</param>
/// <param name="Quantity">Hundredths of a unit, 0 to 2,000,000,000.</param>
/// <param name="Date">When it was sold.</param>
public sealed record MeterPurchase(ushort Seq, byte Revision, PurchaseKind Kind, uint Quantity, DateOnly Date)
{
    internal int Order => (Seq << 8) | Revision;
}

/// <summary>What the meter wrote back.</summary>
/// <param name="LastSeq">The counter of the last purchase that it took.</param>
/// <param name="LastRevision">And its revision.</param>
/// <param name="Remaining">Hundredths of a unit; below zero in overdraft.</param>
/// <param name="Total">Hundredths of a unit used since the meter was cleared.</param>
/// <param name="Result">What it did with the card.</param>
/// <param name="Flags">What it says about itself.</param>
/// <param name="Time">Its clock, to the second, local time.</param>
public sealed record MeterReturn(
    ushort LastSeq,
    byte LastRevision,
    int Remaining,
    uint Total,
    MeterResult Result,
    MeterFlags Flags,
    DateTime Time
);

/// <summary>What a setting card sets, in hundredths of a unit.</summary>
/// <param name="Limit">限购量.</param>
/// <param name="PreStored">预存量.</param>
/// <param name="Alarm">报警量.</param>
/// <param name="Overdraft">透支量.</param>
/// <param name="SubMeter">1 to 4; 0 on a clear or zero card, which is for any.</param>
public sealed record MeterSettings(uint Limit, uint PreStored, uint Alarm, uint Overdraft, byte SubMeter);
