using Meters.Carriers.Cards;

namespace Hardware.Simulators.Meters;

/// <summary>The moments at which a meter may lose power while it takes a purchase.</summary>
public enum MeterMoment
{
    /// <summary>The intent is kept; nothing is on the card.</summary>
    IntentKept,

    /// <summary>The return is on the card, and was not read back.</summary>
    ReturnWritten,

    /// <summary>It was read back; the purchase is not credited yet.</summary>
    ReturnReadBack,
}

/// <summary>The meter lost power at a moment that a test chose.</summary>
public sealed class MeterPowerLostException() : InvalidOperationException("The meter lost power.");

/// <summary>
/// A prepaid meter in software, by the rules of the card format: a purchase is taken once, its intent is kept before the card is written, and
/// credited after the return was read back. Every change of <see cref="State"/> is kept through power failures. Not safe for several threads.
/// </summary>
public sealed class SimulatedMeter(MeterState state, MeterCardKeys keys, Action<MeterState>? keep = null)
{
    private readonly MeterCardKeys _keys = keys;

    /// <summary>What it keeps.</summary>
    public MeterState State { get; private set; } = state;

    /// <summary>Lets the meter lose power at a moment, once; for tests and training.</summary>
    public MeterMoment? LosePowerAt { get; set; }

    /// <summary>Power comes back: what was read back before is credited now.</summary>
    public void PowerOn()
    {
        if (State.Intent is { ReadBack: true } intent)
        {
            Credit(intent);
        }
    }

    /// <summary>
    /// Uses a quantity as far as the valve lets it, in hundredths of a unit; answers what was used. It stops at the alarm quantity until the card was
    /// put in, and at the end of the overdraft.
    /// </summary>
    public long Use(long quantity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quantity);
        var used = 0L;
        while (quantity > 0 && !State.ValveClosed)
        {
            var floor = !State.Alarms && State.Settings.Alarm > 0 ? State.Settings.Alarm : -(long)State.Settings.Overdraft;
            var step = Math.Min(quantity, Math.Max(1, State.Remaining - floor));
            Keep(State with { Remaining = checked((int)(State.Remaining - step)), Total = checked((uint)(State.Total + step)) });
            (used, quantity) = (used + step, quantity - step);
        }

        return used;
    }

    /// <summary>A card is put in. What the meter shows; on a user card the same result stands in what it wrote back, but for 2 and 3.</summary>
    public MeterResult Insert(IMeterSlot slot, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(slot);
        PowerOn();
        var card = new MeterCardImage([.. slot.Read(0, 128), .. slot.Read(128, 128)]);
        if (card.Header is not { } header)
        {
            return MeterResult.WrongMac;
        }

        return header.Kind switch
        {
            MeterCardKind.Setting or MeterCardKind.Clear or MeterCardKind.Zero => Tool(card, header),
            MeterCardKind.User => User(slot, card, header, now),
            _ => MeterResult.ForeignUser,
        };
    }

    private MeterResult Tool(MeterCardImage card, MeterCardHeader header)
    {
        if (State.Domain != 0 && header.Domain != State.Domain)
        {
            return MeterResult.WrongDomain;
        }

        if (card.Settings(_keys) is not { } settings)
        {
            return MeterResult.WrongMac;
        }

        switch (header.Kind)
        {
            case MeterCardKind.Clear:
                Keep(new MeterState(State.MeterNumber));
                break;
            case MeterCardKind.Zero:
                Keep(new MeterState(State.MeterNumber) { Total = State.Total });
                break;
            default:
                Set(header, settings);
                break;
        }

        return MeterResult.Taken;
    }

    /// <summary>An emptied meter gets its pre-stored quantity; one at work only changes its limits.</summary>
    private void Set(MeterCardHeader header, MeterSettings settings)
    {
        var set = State with { Domain = header.Domain, Settings = settings };
        Keep(
            State.Readiness == MeterReadiness.Emptied
                ? set with
                {
                    Readiness = MeterReadiness.Set,
                    Remaining = checked((int)settings.PreStored),
                }
                : set
        );
    }

    private MeterResult User(IMeterSlot slot, MeterCardImage card, MeterCardHeader header, DateTime now)
    {
        if (State.Domain != 0 && header.Domain != State.Domain)
        {
            return MeterResult.WrongDomain;
        }

        if (Mine(card) is not { } section)
        {
            return MeterResult.WrongMac;
        }

        if (State.Readiness == MeterReadiness.Emptied)
        {
            return Refuse(slot, header, section, MeterResult.NotSet, now);
        }

        var foreign = section.MeterNumber != State.MeterNumber || (State.UserNumber is { } user && user != header.UserNumber);
        if (foreign)
        {
            return Refuse(slot, header, section, MeterResult.ForeignUser, now);
        }

        Repair(slot, card, section);
        Settle(header, section);
        return Take(slot, header, section, now);
    }

    /// <summary>The section that this meter looks at: that of its sub-meter, or of its number while it was not set.</summary>
    private MeterSection? Mine(MeterCardImage card)
    {
        var sections = Enumerable.Range(1, MeterCardLayout.Sections).Select(i => card.Section(i, _keys));
        var mine = sections.FirstOrDefault(s =>
            State.Settings.SubMeter == 0 ? s.MeterNumber == State.MeterNumber : s.SubMeter == State.Settings.SubMeter
        );
        return mine is { Purchase: not null, MeterNumber: not null } ? mine : null;
    }

    /// <summary>Exactly one authentic copy repairs the other; of two the newer one does.</summary>
    private static void Repair(IMeterSlot slot, MeterCardImage card, MeterSection section)
    {
        var (a, b) = (MeterCardLayout.PurchaseA(section.SubMeter), MeterCardLayout.PurchaseB(section.SubMeter));
        switch (section.Copies)
        {
            case PurchaseCopies.OnlyA:
                slot.Write(b, card.Slice(a, MeterCardLayout.PurchaseSize));
                break;
            case PurchaseCopies.OnlyB or PurchaseCopies.Differ:
                slot.Write(a, card.Slice(b, MeterCardLayout.PurchaseSize));
                break;
        }
    }

    /// <summary>
    /// An intent whose return is on the card is credited. So is one that the next purchase follows, on whatever card: the counter sold that because
    /// it read this meter's return. A newer revision of the intent replaces it, and so does its purchase on another card.
    /// </summary>
    private void Settle(MeterCardHeader header, MeterSection section)
    {
        if (State.Intent is not { } intent)
        {
            return;
        }

        var isReturned =
            intent.Serial == header.Serial && section.Return?.LastSeq == intent.Seq && section.Return.LastRevision == intent.Revision;
        if (isReturned || section.Purchase!.Seq == intent.Seq + 1)
        {
            Credit(intent);
        }
        else
        {
            Keep(State with { Intent = null });
        }
    }

    private MeterResult Take(IMeterSlot slot, MeterCardHeader header, MeterSection section, DateTime now)
    {
        var purchase = section.Purchase!;
        var unbound = State.Readiness == MeterReadiness.Set;
        // The card says that this purchase was taken, by this meter before it was zeroed: it binds the meter and credits nothing.
        var taken = unbound ? !section.Waits : purchase.Seq == State.LastSeq;
        if (taken)
        {
            Keep(Bound(header, purchase) with { AlarmSeen = true });
            return Refuse(slot, header, section, MeterResult.WrittenBack, now);
        }

        if (!unbound && purchase.Seq != State.LastSeq + 1)
        {
            return Refuse(slot, header, section, MeterResult.Gap, now);
        }

        if (State.Settings.Limit > 0 && (long)State.Remaining + purchase.Quantity > State.Settings.Limit)
        {
            return Refuse(slot, header, section, MeterResult.OverLimit, now);
        }

        return Credit(slot, header, section, purchase, now);
    }

    private MeterState Bound(MeterCardHeader header, MeterPurchase purchase) =>
        State with
        {
            Readiness = MeterReadiness.Bound,
            UserNumber = header.UserNumber,
            LastSeq = purchase.Seq,
            LastRevision = State.LastSeq == purchase.Seq ? State.LastRevision : purchase.Revision,
        };

    private MeterResult Credit(IMeterSlot slot, MeterCardHeader header, MeterSection section, MeterPurchase purchase, DateTime now)
    {
        var intent = new MeterIntent(header.Serial, purchase.Seq, purchase.Revision, purchase.Quantity, ReadBack: false);
        Keep(State with { Intent = intent, UserNumber = header.UserNumber });
        MayLosePower(MeterMoment.IntentKept);
        var credited = Credited(State, intent);
        if (!WriteBack(slot, header, section, credited, MeterResult.Taken, now, () => MayLosePower(MeterMoment.ReturnWritten)))
        {
            return MeterResult.WrongMac; // pulled out: settled when this card comes again
        }

        Keep(State with { Intent = intent with { ReadBack = true } });
        MayLosePower(MeterMoment.ReturnReadBack);
        Credit(State.Intent!);
        return MeterResult.Taken;
    }

    private void Credit(MeterIntent intent) => Keep(Credited(State, intent));

    private static MeterState Credited(MeterState state, MeterIntent intent) =>
        state with
        {
            Readiness = MeterReadiness.Bound,
            Remaining = checked((int)(state.Remaining + intent.Quantity)),
            LastSeq = intent.Seq,
            LastRevision = intent.Revision,
            AlarmSeen = state.Remaining + intent.Quantity <= state.Settings.Alarm,
            Intent = null,
        };

    /// <summary>Nothing is credited. What the card's return says of purchases stays as it was, or as this meter knows it.</summary>
    private MeterResult Refuse(IMeterSlot slot, MeterCardHeader header, MeterSection section, MeterResult result, DateTime now)
    {
        WriteBack(slot, header, section, State, result, now, () => { });
        return result;
    }

    private bool WriteBack(
        IMeterSlot slot,
        MeterCardHeader header,
        MeterSection section,
        MeterState shown,
        MeterResult result,
        DateTime now,
        Action written
    )
    {
        var known = result is MeterResult.Taken or MeterResult.WrittenBack or MeterResult.Gap or MeterResult.OverLimit;
        var before = section.Return ?? new MeterReturn(0, 0, 0, 0, result, MeterFlags.None, now);
        var back = known
            ? new MeterReturn(shown.LastSeq, shown.LastRevision, shown.Remaining, shown.Total, result, shown.Flags, now)
            : before with
            {
                Result = result,
                Time = now,
            };
        // A refused purchase must not look swiped: on a gap the card keeps what it said before.
        back = result == MeterResult.Gap ? back with { LastSeq = before.LastSeq, LastRevision = before.LastRevision } : back;
        var bytes = MeterCardImage.Encode(back, header, section.SubMeter, section.MeterNumber!, _keys);
        var offset = MeterCardLayout.Return(section.SubMeter);
        if (!slot.Write(offset, bytes))
        {
            return false;
        }

        written();
        return slot.Read(offset, bytes.Length).AsSpan().SequenceEqual(bytes);
    }

    private void MayLosePower(MeterMoment moment)
    {
        if (LosePowerAt == moment)
        {
            LosePowerAt = null;
            throw new MeterPowerLostException();
        }
    }

    private void Keep(MeterState next)
    {
        // The alarm comes again after the quantity was above it.
        State = next.Remaining > next.Settings.Alarm ? next with { AlarmSeen = false } : next;
        keep?.Invoke(State);
    }
}
