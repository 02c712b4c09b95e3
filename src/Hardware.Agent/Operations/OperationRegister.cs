using Hardware.Agent.Exchange;
using Hardware.Agent.Journal;

namespace Hardware.Agent.Operations;

/// <summary>The operations this agent knows: those of this run, and those the journal remembers.</summary>
internal sealed class OperationRegister
{
    /// <summary>How many ended operations are remembered; open ones are never forgotten.</summary>
    internal const int EndedKept = 200;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = [];
    private readonly TimeProvider _clock;

    public OperationRegister(OperationJournal journal, TimeProvider clock)
    {
        _clock = clock;
        foreach (var operation in journal.All())
        {
            _entries[operation.OperationId] = new Entry(operation.TicketHash, OfJournal(operation), Begun: true);
        }
    }

    /// <summary>Enters a new operation; false if it is known and may not run again.</summary>
    internal bool Begin(Ticket ticket, string reader)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(ticket.OperationId, out var known) && !known.MayRun(ticket))
            {
                return false;
            }

            var operation = new CardOperation(
                ticket.OperationId,
                reader,
                OperationState.Running,
                false,
                0,
                _clock.GetUtcNow(),
                null,
                null,
                null
            );
            _entries[ticket.OperationId] = new Entry(ticket.Hash, operation, Begun: false, Before: known);
            Forget();
            return true;
        }
    }

    /// <summary>The operation of that ticket, if it may not run again; and whether the ticket is the one it was started with.</summary>
    internal (CardOperation? Operation, bool SameTicket) Known(Ticket ticket)
    {
        lock (_gate)
        {
            return _entries.TryGetValue(ticket.OperationId, out var known) && !known.MayRun(ticket)
                ? (known.Operation, ticket.Hash == known.TicketHash)
                : (null, false);
        }
    }

    internal void RoundHeard(string operationId) =>
        Change(operationId, e => e with { Begun = true, Operation = OneMoreRound(e.Operation) });

    internal void JournalOpened(string operationId) =>
        Change(operationId, e => e with { Operation = e.Operation with { JournalOpen = true } });

    internal void Waits(string operationId, string code) =>
        Change(
            operationId,
            e => e with { Operation = e.Operation with { State = OperationState.ToReport, JournalOpen = true, Code = code } }
        );

    internal void Ended(string operationId, OperationOutcome? outcome, string? code) =>
        // A ticket that the API never accepted must not hide how the operation really ended.
        Change(operationId, e => outcome is null && e is { Begun: false, Before: { } before } ? before : EndedEntry(e, outcome, code));

    internal CardOperation? Find(string operationId)
    {
        lock (_gate)
        {
            return _entries.GetValueOrDefault(operationId)?.Operation;
        }
    }

    /// <summary>The newest <paramref name="limit"/> operations, newest first.</summary>
    internal IReadOnlyList<CardOperation> Latest(int limit, bool openOnly)
    {
        lock (_gate)
        {
            return
            [
                .. _entries
                    .Values.Select(e => e.Operation)
                    .Where(o => !openOnly || o.JournalOpen)
                    .OrderByDescending(o => o.StartedAt)
                    .ThenByDescending(o => o.OperationId, StringComparer.Ordinal)
                    .Take(limit),
            ];
        }
    }

    internal IReadOnlyList<string> ToReport()
    {
        lock (_gate)
        {
            return [.. _entries.Values.Select(e => e.Operation).Where(o => o.State == OperationState.ToReport).Select(o => o.OperationId)];
        }
    }

    private void Change(string operationId, Func<Entry, Entry> change)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(operationId, out var entry))
            {
                _entries[operationId] = change(entry);
            }
        }
    }

    private void Forget()
    {
        var ended = _entries.Values.Select(e => e.Operation).Where(o => o.State is OperationState.Done or OperationState.Failed).ToList();
        foreach (var old in ended.OrderByDescending(o => o.StartedAt).Skip(EndedKept))
        {
            _entries.Remove(old.OperationId);
        }
    }

    private Entry EndedEntry(Entry entry, OperationOutcome? outcome, string? code) =>
        entry with
        {
            Before = null,
            Operation = entry.Operation with
            {
                State = outcome is null ? OperationState.Failed : OperationState.Done,
                JournalOpen = false,
                EndedAt = _clock.GetUtcNow(),
                Code = code,
                Outcome = outcome,
            },
        };

    private static CardOperation OneMoreRound(CardOperation operation) => operation with { Rounds = operation.Rounds + 1 };

    private static CardOperation OfJournal(JournaledOperation operation) =>
        new(
            operation.OperationId,
            operation.Reader,
            operation switch
            {
                { Open: true } => OperationState.ToReport,
                { Last.Outcome: not null } => OperationState.Done,
                _ => OperationState.Failed,
            },
            operation.Open,
            0,
            operation.StartedAt,
            operation.Open ? null : operation.Last.At,
            operation.Open ? FailureKind.AgentRestarted : operation.Last.Code,
            operation.Last.Outcome
        );

    /// <param name="Before">The same operation's run under an earlier ticket.</param>
    private sealed record Entry(string TicketHash, CardOperation Operation, bool Begun, Entry? Before = null)
    {
        /// <summary>
        /// Until the API has answered once nothing was asked of the card, so the operation may be tried again; and with another ticket
        /// the API lets an ended operation run again, to read the card whose end is unknown.
        /// </summary>
        internal bool MayRun(Ticket ticket) =>
            Operation.State is OperationState.Failed or OperationState.Done && (!Begun || ticket.Hash != TicketHash);
    }
}
