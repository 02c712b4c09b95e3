namespace Platform;

/// <summary>Who a booking is made by and for: taken from the caller, or from the card operation that runs on the caller's behalf.</summary>
public sealed record Actor(long BranchId, long OperatorId, long? ApproverId = null);

/// <summary>One side of a booking: credit positive, in the account's unit.</summary>
public readonly record struct Line(AccountRef Account, long Amount);

/// <summary>What a booking left behind, for its answer.</summary>
public sealed class Posted
{
    private readonly Balances _balances;

    internal Posted(long id, DateOnly businessDate, DateTime bookedAt, Balances balances) =>
        (Id, BusinessDate, BookedAt, _balances) = (id, businessDate, bookedAt, balances);

    public long Id { get; }

    public string SerialNumber => Platform.SerialNumber.Of(Id);

    public DateOnly BusinessDate { get; }

    public DateTime BookedAt { get; }

    /// <summary>The balance after the booking of an account that the booking moved.</summary>
    public long Balance(AccountKind kind, long owner) => _balances.Of(new AccountRef(kind, owner));

    /// <summary>The balances of the accounts that a booking moved: so few that looking through them is quicker than a table.</summary>
    internal readonly struct Balances(int most)
    {
        private readonly List<Line> _items = new(most);

        public void Add(AccountRef account, long balance) => _items.Add(new Line(account, balance));

        public long Of(AccountRef account)
        {
            foreach (var item in _items)
            {
                if (item.Account == account)
                {
                    return item.Amount;
                }
            }

            throw new KeyNotFoundException($"The booking did not move {account}.");
        }
    }
}

/// <summary>The answer of a booking: what is sent, and stored beside the idempotency key, byte for byte.</summary>
public sealed record Answer(int Status, object Body, string? Location = null)
{
    public static Answer Created(string location, object body) => new(201, body, location);

    public static Answer Accepted(string location, object body) => new(202, body, location);

    public static Answer Ok(object body) => new(200, body);
}

/// <summary>Something that happened, for the outbox: a stable name, whom it is about (its order is kept per key), and its data.</summary>
public sealed record DomainEvent(string Name, long Key, object Data);

/// <summary>What the audit trail keeps of a booking: a stable action name, what it was done to, and any detail without personal data.</summary>
public sealed record AuditNote(string Action, string Subject, object? Detail = null);

/// <summary>
/// A decision to book, as a value: lines, rows and events that <see cref="Books"/> writes in one transaction, alone or grouped with other callers'
/// bookings. A booking without lines changes rows only, under the same rules.
/// </summary>
public sealed class Booking(long id, Actor actor, AuditNote audit, Func<Posted, Answer> answer)
{
    public const int MaxLines = 2_100;
    public const int MaxRows = 5_000;

    private readonly List<Line> _lines = [];

    // Made when there is something to keep: most bookings leave most of them empty.
    private List<object>? _inserts;
    private List<(IVersioned Row, int Read)>? _updates;
    private List<object>? _deletes;
    private List<DomainEvent>? _events;
    private Dictionary<AccountRef, Func<long, Refusal>>? _shortOf;
    private List<(string Index, Refusal Refusal)>? _duplicates;
    private List<Func<DateOnly, Refusal?>>? _dateRefusals;
    private List<(AccountRef Account, int Version)>? _accountsRead;

    /// <summary>The id, and with it the serial number, of the transaction.</summary>
    public long Id => id;

    public Actor Actor => actor;

    public AuditNote Audit => audit;

    public Func<Posted, Answer> Answer => answer;

    /// <summary>The transaction's head; required when there are lines.</summary>
    public Transaction? Head { get; private set; }

    public IReadOnlyList<Line> Lines => _lines;

    public IReadOnlyList<object> Inserts => _inserts ?? [];

    /// <summary>Changed rows, each with the version it was read at.</summary>
    internal IReadOnlyList<(IVersioned Row, int Read)> Updates => _updates ?? [];

    public IReadOnlyList<object> Deletes => _deletes ?? [];

    public IReadOnlyList<DomainEvent> Events => _events ?? [];

    public IReadOnlyList<(string Index, Refusal Refusal)> Duplicates => _duplicates ?? [];

    public Booking WithHead(Transaction head)
    {
        ArgumentNullException.ThrowIfNull(head);
        if (head.Id != id)
        {
            throw new ArgumentException("The head carries another id than its booking.", nameof(head));
        }

        Head = head;
        return this;
    }

    /// <summary>Moves an amount of zero or more from one account to another of the same unit.</summary>
    public Booking Move(AccountRef debit, AccountRef credit, long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        if (debit.Unit != credit.Unit)
        {
            throw new ArgumentException($"{debit} and {credit} count different units.", nameof(credit));
        }

        if (amount != 0)
        {
            _lines.Add(new Line(debit, -amount));
            _lines.Add(new Line(credit, amount));
        }

        return this;
    }

    /// <summary>The refusal to give when this account has too little; its argument is the balance found.</summary>
    public Booking IfShort(AccountRef account, Func<long, Refusal> refusal)
    {
        (_shortOf ??= [])[account] = refusal;
        return this;
    }

    /// <summary>
    /// The refusal to give for the business date that the booking is about to land on; null lets it land. It is asked while the branch's day is
    /// held, so that what it says is still so at the commit: a decision's own look at the day may be old by then.
    /// </summary>
    public Booking RefuseOn(Func<DateOnly, Refusal?> refusal)
    {
        (_dateRefusals ??= []).Add(refusal);
        return this;
    }

    /// <summary>
    /// The decision goes by what was read of an account at this version (0: it was not there), which must be one that the booking moves. Where
    /// it was moved since, nothing is booked and the outcome is stale. A guard against zero needs no such thing.
    /// </summary>
    public Booking DecidedOn(AccountRef account, int version)
    {
        (_accountsRead ??= []).Add((account, version));
        return this;
    }

    public Booking Insert(object row)
    {
        (_inserts ??= []).Add(row);
        return this;
    }

    /// <summary>Writes a row that was read (untracked) and changed, if nobody else changed it since.</summary>
    public Booking Update(IVersioned row)
    {
        ArgumentNullException.ThrowIfNull(row);
        (_updates ??= []).Add((row, row.Version));
        return this;
    }

    public Booking Delete(object row)
    {
        (_deletes ??= []).Add(row);
        return this;
    }

    public Booking Raise(DomainEvent happened)
    {
        (_events ??= []).Add(happened);
        return this;
    }

    /// <summary>
    /// Moves the branch to its next business date with this booking (PL-04.1). Only for a decision made under the closed day's lock.
    /// </summary>
    public Booking ClosingDay(DateOnly next)
    {
        NextDay = next;
        return this;
    }

    internal DateOnly? NextDay { get; private set; }

    /// <summary>The refusal to give when an insert or update meets this unique index.</summary>
    public Booking IfDuplicate(string indexName, Refusal refusal)
    {
        (_duplicates ??= []).Add((indexName, refusal));
        return this;
    }

    /// <summary>Accounts that the decision read, with their versions.</summary>
    internal IReadOnlyList<(AccountRef Account, int Version)> AccountsRead => _accountsRead ?? [];

    internal Refusal? RefusalOn(DateOnly date)
    {
        foreach (var refusal in _dateRefusals ?? [])
        {
            if (refusal(date) is { } no)
            {
                return no;
            }
        }

        return null;
    }

    internal Refusal ShortOf(AccountRef account, long balance) =>
        _shortOf is not null && _shortOf.TryGetValue(account, out var refusal)
            ? refusal(balance)
            : new InsufficientBalance(account.Kind.ToString(), balance);

    /// <summary>The lines, one per account, in account order. Throws when a unit does not balance: that is a bug, not a refusal.</summary>
    internal List<Line> NetLines()
    {
        if (_lines.Count > MaxLines || Inserts.Count + Updates.Count + Deletes.Count > MaxRows)
        {
            throw new InvalidOperationException($"The booking {audit.Action} is larger than {MaxLines} lines or {MaxRows} rows.");
        }

        if (_lines.Count > 0 && Head is null)
        {
            throw new InvalidOperationException($"The booking {audit.Action} moves money and has no head.");
        }

        var net = new List<Line>(_lines.Count);
        foreach (var line in _lines)
        {
            net.Add(line);
        }

        net.Sort(static (one, other) => one.Account.CompareTo(other.Account));
        var kept = 0;
        for (var i = 1; i < net.Count; i++)
        {
            if (net[i].Account == net[kept].Account)
            {
                net[kept] = new Line(net[i].Account, checked(net[kept].Amount + net[i].Amount));
            }
            else
            {
                net[++kept] = net[i];
            }
        }

        if (net.Count > 0)
        {
            net.RemoveRange(kept + 1, net.Count - kept - 1);
        }

        MustBalance(net);
        return net;
    }

    private void MustBalance(List<Line> net)
    {
        var (fen, points) = (0L, 0L);
        foreach (var line in net)
        {
            if (line.Account.Unit == Unit.Points)
            {
                points = checked(points + line.Amount);
            }
            else
            {
                fen = checked(fen + line.Amount);
            }
        }

        if (fen != 0 || points != 0)
        {
            throw new InvalidOperationException(
                $"The booking {audit.Action} does not balance: {fen} fen and {points} points are left over."
            );
        }
    }
}
