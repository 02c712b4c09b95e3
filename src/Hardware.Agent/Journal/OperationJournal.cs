using Hardware.Agent.Exchange;

namespace Hardware.Agent.Journal;

/// <summary>
/// Remembers over a crash what was about to happen to a card. Safe for several operations at once; every call returns with its row
/// written or throws. Rows on which a decision about money hangs are on disk before the call returns, so that they survive a power cut:
/// that a command leaves for the card, what it answered, and what the API is told. The others only shorten the way after a crash.
/// </summary>
internal sealed class OperationJournal : IDisposable
{
    /// <summary>Above this size the file is rewritten at start. It is also rewritten after each operation, without what is secret of it.</summary>
    internal const long CompactAboveBytes = 4 * 1024 * 1024;

    private const int ClosedKept = 200;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, JournaledOperation> _operations = [];
    private readonly TimeProvider _clock;
    private readonly ILogger<OperationJournal> _log;
    private readonly JournalSeal _seal;
    private readonly JournalFile _file;
    private bool _holdsEnded;
    private bool _disposed;

    public OperationJournal(AgentSettings settings, TimeProvider clock, ILogger<OperationJournal> log)
    {
        _clock = clock;
        _log = log;
        PrivateFile.CreateFolder(settings.DataPath);
        _seal = JournalSeal.Open(settings.DataPath);
        _file = new JournalFile(Path.Combine(settings.DataPath, "operations.journal"), _seal);
        var content = _file.Read();
        TornBytes = content.TornBytes;
        DamagedLines = content.DamagedLines;
        foreach (var row in content.Rows)
        {
            Apply(row);
        }

        Tell();
        _holdsEnded = content.Rows.Any(r =>
            r.Ticket is { Length: > 0 } && _operations.GetValueOrDefault(r.OperationId) is not { Open: true }
        );
        Tidy();
    }

    /// <summary>The length of a torn last line found at start, or 0.</summary>
    internal int TornBytes { get; }

    /// <summary>Lines found damaged at start; a copy of that file is kept beside the journal.</summary>
    internal int DamagedLines { get; }

    /// <summary>False after a row could not be written.</summary>
    internal bool Writable { get; private set; } = true;

    internal IReadOnlyList<JournaledOperation> All()
    {
        lock (_gate)
        {
            return [.. _operations.Values];
        }
    }

    internal JournaledOperation? Find(string operationId)
    {
        lock (_gate)
        {
            return _operations.GetValueOrDefault(operationId);
        }
    }

    internal void Received(string operationId, string ticket, string reader, int round, int commands) =>
        Append(
            new(operationId, JournalStep.Received, _clock.GetUtcNow(), round)
            {
                Ticket = ticket,
                Reader = reader,
                CommandCount = commands,
            },
            toDisk: false
        );

    internal void Sending(string operationId, int round, int index, IReadOnlyList<ExchangeAnswer> before) =>
        Append(new(operationId, JournalStep.Sending, _clock.GetUtcNow(), round) { CommandIndex = index, Answers = [.. before] });

    /// <param name="last">The round ends with it, so that what the API is told follows at once and brings both to the disk.</param>
    internal void Answered(string operationId, int round, int index, IReadOnlyList<ExchangeAnswer> answers, bool stops, bool last) =>
        Append(
            new(operationId, JournalStep.Answered, _clock.GetUtcNow(), round)
            {
                CommandIndex = index,
                Answers = [.. answers],
                Stops = stops,
            },
            toDisk: !last
        );

    internal void Ran(string operationId, string ticket, string reader, ExchangeRound body) =>
        Append(
            new(operationId, JournalStep.Ran, _clock.GetUtcNow(), body.Round)
            {
                Ticket = ticket,
                Reader = reader,
                Body = body,
            }
        );

    internal void Delivered(string operationId, int round) =>
        Append(new(operationId, JournalStep.Delivered, _clock.GetUtcNow(), round), toDisk: false);

    internal void Closed(string operationId, int round, OperationOutcome? outcome, string? code)
    {
        // Lost in a power cut it is reported once more, and the API answers as before.
        Append(new(operationId, JournalStep.Closed, _clock.GetUtcNow(), round) { Outcome = outcome, Code = code }, toDisk: false);
        _holdsEnded = true;
        // Nobody at the counter waits for it.
        ThreadPool.QueueUserWorkItem(_ => Tidy());
    }

    public void Dispose()
    {
        Tidy();
        lock (_gate)
        {
            _disposed = true;
            _file.Dispose();
            _seal.Dispose();
        }
    }

    private void Append(JournalRow row, bool toDisk = true)
    {
        lock (_gate)
        {
            Writable = false;
            _file.Append(row, toDisk);
            Writable = true;
            Apply(row);
        }
    }

    private void Apply(JournalRow row)
    {
        if (JournaledOperation.Apply(_operations.GetValueOrDefault(row.OperationId), row) is not { } operation)
        {
            return;
        }

        _operations[row.OperationId] = operation;
        if (row.Step == JournalStep.Closed)
        {
            Forget();
        }
    }

    private void Forget()
    {
        var closed = _operations.Values.Where(o => !o.Open).ToList();
        foreach (var old in closed.OrderByDescending(o => o.Last.At).Skip(ClosedKept))
        {
            _operations.Remove(old.OperationId);
        }
    }

    /// <summary>Rewrites the file when it holds tickets and answers of operations that are over, or has grown large.</summary>
    private void Tidy()
    {
        lock (_gate)
        {
            if (_disposed || (!_holdsEnded && _file.Length <= CompactAboveBytes))
            {
                return;
            }

            try
            {
                _file.Replace(_operations.Values.OrderBy(o => o.StartedAt).SelectMany(Rows));
                _holdsEnded = false;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _log.LogWarning(e, "The journal could not be rewritten; it is tried again after the next operation");
            }
        }
    }

    /// <summary>The fewest rows that tell the operation again: its beginning and its last step.</summary>
    private static IEnumerable<JournalRow> Rows(JournaledOperation operation)
    {
        yield return new(operation.OperationId, JournalStep.Received, operation.StartedAt, operation.Last.Round)
        {
            // A closed operation's ticket is worth nothing and need not stay.
            Ticket = operation.Open ? operation.Ticket : "",
            TicketHash = operation.Open ? null : operation.TicketHash,
            Reader = operation.Reader,
            CommandCount = operation.CommandCount,
        };
        if (operation.Last.Step != JournalStep.Received)
        {
            yield return operation.Last;
        }
    }

    private void Tell()
    {
        if (TornBytes > 0)
        {
            _log.LogWarning("The journal's last line was cut short; {Bytes} bytes that were never confirmed are dropped", TornBytes);
        }

        if (DamagedLines > 0)
        {
            _log.LogError("The journal has {Lines} damaged lines; a copy is kept as operations.journal.damaged", DamagedLines);
        }
    }
}
