using Platform.Parameters;

namespace Funding.Consumption;

/// <summary>What becomes of one record of an upload.</summary>
internal enum Taken
{
    Booked,
    AlreadyBooked,
    AwaitingUnlock,
    SetAside,
}

/// <summary>Decides some records of an upload together: pure, so that it can be decided again when somebody else came first.</summary>
internal sealed class ConsumptionDecision(ConsumptionFacts facts, Actor actor, long batchId, DateTime now)
{
    private readonly long _id = Ids.Next();
    private readonly Dictionary<string, ConsumptionRecord> _added = [];
    private readonly Dictionary<string, ConsumptionRecord> _changed = [];
    private readonly Dictionary<string, SetAsideConsumption> _setAside = [];
    private readonly Dictionary<string, SetAsideConsumption> _settled = [];
    private readonly Dictionary<AccountKey, long> _balances = new(facts.Balances);
    private readonly Dictionary<(AccountRef From, AccountRef To), long> _moves = [];
    private readonly List<(CheckedConsumption Record, Taken Taken, SetAsideReason? Reason)> _outcomes = [];

    public List<(CheckedConsumption Record, Taken Taken, SetAsideReason? Reason)> Outcomes => _outcomes;

    /// <summary>The booking; null when everything was known before.</summary>
    public Booking? Decide(IReadOnlyList<CheckedConsumption> records)
    {
        foreach (var record in records)
        {
            var earlier = facts.SetAside.GetValueOrDefault(record.ContentHash);
            if (earlier?.Decision is { } decided)
            {
                _outcomes.Add(
                    decided == SetAsideDecision.Booked ? (record, Taken.AlreadyBooked, null) : (record, Taken.SetAside, earlier.Reason)
                );
                continue;
            }

            var (taken, reason) = Decide(record);
            _outcomes.Add((record, taken, reason));
            if (reason is { } why)
            {
                SetAside(record, why);
            }
            else if (earlier is { ResolvedAt: null })
            {
                earlier.ResolvedAt = now;
                _settled[record.ContentHash] = earlier;
            }
        }

        return _added.Count + _changed.Count + _setAside.Count + _settled.Count == 0 ? null : Booking();
    }

    private (Taken Taken, SetAsideReason? Reason) Decide(CheckedConsumption record)
    {
        if (record.Fault is { } fault)
        {
            return (Taken.SetAside, fault);
        }

        if (!facts.Cards.TryGetValue(record.Record.CardNumber, out var card))
        {
            return (Taken.SetAside, SetAsideReason.UnknownCard);
        }

        var known = _added.GetValueOrDefault(record.Key) ?? facts.Known.GetValueOrDefault(record.Key);
        return known is null ? New(record, card) : Again(record, card, known);
    }

    private (Taken Taken, SetAsideReason? Reason) New(CheckedConsumption record, Card card)
    {
        var awaits = record.Record.Lock is not null;
        if (!awaits && !Spend(record, card))
        {
            return (Taken.SetAside, TooSmall(card));
        }

        _added[record.Key] = awaits
            ? record.ToRow(card, ConsumptionState.AwaitingUnlock, batchId, null, now)
            : record.ToRow(card, ConsumptionState.Booked, batchId, _id, now);
        return (awaits ? Taken.AwaitingUnlock : Taken.Booked, null);
    }

    private (Taken Taken, SetAsideReason? Reason) Again(CheckedConsumption record, Card card, ConsumptionRecord known)
    {
        if (record.IsSameAs(known))
        {
            var mine = known.BatchId == batchId && known.BatchIndex == record.Index;
            return known.State != ConsumptionState.Booked ? (Taken.AwaitingUnlock, null)
                : mine ? (Taken.Booked, null)
                : (Taken.AlreadyBooked, null);
        }

        if (known.State == ConsumptionState.Unlocking)
        {
            return (Taken.SetAside, SetAsideReason.CardBeingUnlocked);
        }

        if (record.Tac is null || known.State != ConsumptionState.AwaitingUnlock)
        {
            return (Taken.SetAside, SetAsideReason.CounterUsed);
        }

        // The station ended the fill after all: the chip's own TAC now says what it paid.
        if (!Spend(record, card))
        {
            return (Taken.SetAside, TooSmall(card));
        }

        (known.Amount, known.Tac, known.State, known.TransactionId) = (record.Amount, record.Tac, ConsumptionState.Booked, _id);
        (known.TerminalTransaction, known.ConsumedAt, known.BalanceAfter) = (
            record.Record.TerminalTransaction,
            record.ConsumedAt,
            record.Record.BalanceAfter
        );
        (known.BatchId, known.BatchIndex) = (batchId, record.Index);
        if (!_added.ContainsKey(record.Key))
        {
            _changed[record.Key] = known;
        }

        return (Taken.Booked, null);
    }

    /// <summary>After a closing it is a claim on the former customer, with a list of its own.</summary>
    private SetAsideReason TooSmall(Card card) =>
        facts.OfClosedCustomers.Contains(card.Id) ? SetAsideReason.AfterClosing : SetAsideReason.CardAccountTooSmall;

    /// <summary>False when the card account, as far as this upload has left of it, is too small.</summary>
    private bool Spend(CheckedConsumption record, Card card)
    {
        var (from, to) = (record.From(card), record.To(actor));
        var left = checked(_balances.GetValueOrDefault(from.Key) - record.Amount);
        if (left < 0)
        {
            return false;
        }

        _balances[from.Key] = left;
        _moves[(from, to)] = checked(_moves.GetValueOrDefault((from, to)) + record.Amount);
        return true;
    }

    private void SetAside(CheckedConsumption record, SetAsideReason reason)
    {
        if (facts.SetAside.TryGetValue(record.ContentHash, out var known))
        {
            if (known.Reason != reason || known.ResolvedAt is not null)
            {
                (known.Reason, known.ResolvedAt) = (reason, null);
                _settled[record.ContentHash] = known;
            }
        }
        else
        {
            _setAside[record.ContentHash] = new SetAsideConsumption
            {
                Id = Ids.Next(),
                ContentHash = record.ContentHash,
                Reason = reason,
                Record = record.Json,
                BranchId = actor.BranchId,
                ReceivedAt = now,
            };
        }
    }

    private SilentBooking Booking()
    {
        var note = new AuditNote(
            "take-consumption",
            $"consumption:{_id}",
            new
            {
                booked = _outcomes.Count(o => o.Taken == Taken.Booked),
                awaiting = _outcomes.Count(o => o.Taken == Taken.AwaitingUnlock),
                setAside = _setAside.Count,
            }
        );
        var booking = new SilentBooking(_id, actor, note);
        foreach (var row in _added.Values.Concat<object>(_setAside.Values))
        {
            booking.Insert(row);
        }

        foreach (var row in _changed.Values.Concat<IVersioned>(_settled.Values))
        {
            booking.Update(row);
        }

        if (_moves.Count > 0)
        {
            booking.WithHead(Head());
            foreach (var ((from, to), amount) in _moves)
            {
                booking.Move(from, to, amount);
            }
        }

        return booking;
    }

    private Transaction Head() =>
        new(_id, FundingTransactions.Consumption, actor)
        {
            Amount = _moves.Where(m => m.Key.From.Type.Unit == Unit.Fen).Sum(m => m.Value),
            Points = _moves.Where(m => m.Key.From.Type.Unit == Unit.Points).Sum(m => m.Value),
        };
}
