using Meters.Carriers.Cards;

namespace Hardware.Simulators.Meters;

/// <summary>How far a meter is prepared.</summary>
public enum MeterReadiness
{
    /// <summary>New, cleared or zeroed: it wants a setting card.</summary>
    Emptied,

    /// <summary>Set: it takes the first user card whose meter number is its own.</summary>
    Set,

    /// <summary>It belongs to a user.</summary>
    Bound,
}

/// <summary>A purchase that the meter has begun to take and not credited yet.</summary>
/// <param name="Serial">The card it stands on.</param>
/// <param name="Seq">Its counter.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Quantity">Hundredths of a unit.</param>
/// <param name="ReadBack">The return was written and read back: it is credited for certain.</param>
public sealed record MeterIntent(uint Serial, ushort Seq, byte Revision, uint Quantity, bool ReadBack);

/// <summary>What a meter keeps without power. Quantities in hundredths of a unit.</summary>
/// <param name="MeterNumber">12 digits.</param>
public sealed record MeterState(string MeterNumber)
{
    /// <summary>How far it is prepared.</summary>
    public MeterReadiness Readiness { get; init; } = MeterReadiness.Emptied;

    /// <summary>The domain of its maintenance code; 0 before it was set.</summary>
    public uint Domain { get; init; }

    /// <summary>What the setting card set.</summary>
    public MeterSettings Settings { get; init; } = new(0, 0, 0, 0, 0);

    /// <summary>The user it belongs to; null before the first card.</summary>
    public string? UserNumber { get; init; }

    /// <summary>The counter of the last purchase it took.</summary>
    public ushort LastSeq { get; init; }

    /// <summary>And its revision.</summary>
    public byte LastRevision { get; init; }

    /// <summary>What is left; below zero in overdraft.</summary>
    public int Remaining { get; init; }

    /// <summary>What was used since the meter was cleared.</summary>
    public uint Total { get; init; }

    /// <summary>The alarm was acknowledged by putting the card in.</summary>
    public bool AlarmSeen { get; init; }

    /// <summary>Opened or cheated.</summary>
    public bool Tamper { get; init; }

    /// <summary>The battery is low.</summary>
    public bool LowBattery { get; init; }

    /// <summary>A purchase under way.</summary>
    public MeterIntent? Intent { get; init; }

    /// <summary>Is the remaining quantity at or below the alarm quantity?</summary>
    public bool Alarms => Readiness != MeterReadiness.Emptied && Remaining <= Settings.Alarm;

    /// <summary>
    /// Is the valve closed? At the alarm until the card is put in again; then it stays open until nothing, or the overdraft, is left.
    /// </summary>
    public bool ValveClosed =>
        Readiness != MeterReadiness.Bound || Remaining <= -(long)Settings.Overdraft || (Alarms && !AlarmSeen && Settings.Alarm > 0);

    /// <summary>What it says about itself on cards.</summary>
    public MeterFlags Flags =>
        (Alarms ? MeterFlags.Alarm : MeterFlags.None)
        | (Remaining < 0 ? MeterFlags.Overdraft : MeterFlags.None)
        | (ValveClosed ? MeterFlags.ValveClosed : MeterFlags.None)
        | (Tamper ? MeterFlags.Tamper : MeterFlags.None)
        | (LowBattery ? MeterFlags.LowBattery : MeterFlags.None);
}
