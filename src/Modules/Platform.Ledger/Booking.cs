using Platform.Outbox;
using Platform.Parameters;

namespace Platform.Ledger;

/// <summary>One side of a booking: credit positive, in the account's unit.</summary>
public readonly record struct Line(AccountRef Account, long Amount);

/// <summary>What a booking left behind, for its answer.</summary>
public sealed class Posted
{
    private readonly Balances _balances;

    internal Posted(long id, DateOnly businessDate, DateTime bookedAt, Balances balances) =>
        (Id, BusinessDate, BookedAt, _balances) = (id, businessDate, bookedAt, balances);

    public long Id { get; }

    public string SerialNumber => Platform.Persistence.SerialNumber.Of(Id);

    public DateOnly BusinessDate { get; }

    public DateTime BookedAt { get; }

    /// <summary>
    /// The balance after the booking of an account that the booking moved; zero of one that it left alone: an amount of zero moves nothing, and
    /// nothing may throw while the batch holds its locks.
    /// </summary>
    public long Balance(AccountType type, long owner) => _balances.Of(new AccountRef(type, owner));

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

            return 0;
        }
    }
}

/// <summary>The answer of a booking: what is sent, and stored beside the idempotency key, byte for byte.</summary>
public sealed record Answer<TResponse>(int Status, TResponse Body, string? Location = null);

/// <summary>The statuses that a booking answers with.</summary>
public static class Answer
{
    public static Answer<TResponse> Created<TResponse>(string location, TResponse body) => new(201, body, location);

    public static Answer<TResponse> Accepted<TResponse>(string location, TResponse body) => new(202, body, location);

    public static Answer<TResponse> Ok<TResponse>(TResponse body) => new(200, body);
}

/// <summary>What the audit trail keeps of a booking: a stable action name, what it was done to, and any detail without personal data.</summary>
public sealed record AuditNote(string Action, string Subject, object? Detail = null);

/// <summary>
/// A decision to book, as a value: lines, rows and events that <see cref="Books"/> writes in one transaction, alone or grouped with other callers'
/// bookings. A booking without lines changes rows only, under the same rules.
/// </summary>
public abstract class Booking(long id, Actor actor, AuditNote audit)
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

    /// <summary>The transaction's head; required when there are lines.</summary>
    public Transaction? Head { get; private set; }

    public IReadOnlyList<Line> Lines => _lines;

    public IReadOnlyList<object> Inserts => _inserts ?? [];

    /// <summary>Changed rows, each with the version it was read at.</summary>
    internal IReadOnlyList<(IVersioned Row, int Read)> Updates => _updates ?? [];

    public IReadOnlyList<object> Deletes => _deletes ?? [];

    public IReadOnlyList<DomainEvent> Events => _events ?? [];

    public IReadOnlyList<(string Index, Refusal Refusal)> Duplicates => _duplicates ?? [];

    internal void SetHead(Transaction head)
    {
        ArgumentNullException.ThrowIfNull(head);
        if (head.Id != id)
        {
            throw new ArgumentException("The head carries another id than its booking.", nameof(head));
        }

        Head = head;
    }

    internal void AddMove(AccountRef debit, AccountRef credit, long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        if (debit.Type.Unit != credit.Type.Unit)
        {
            throw new ArgumentException($"{debit} and {credit} count different units.", nameof(credit));
        }

        if (amount != 0)
        {
            _lines.Add(new Line(debit, -amount));
            _lines.Add(new Line(credit, amount));
        }
    }

    internal void AddIfShort(AccountRef account, Func<long, Refusal> refusal) => (_shortOf ??= [])[account] = refusal;

    internal void AddRefuseOn(Func<DateOnly, Refusal?> refusal) => (_dateRefusals ??= []).Add(refusal);

    internal void AddDecidedOn(AccountRef account, int version) => (_accountsRead ??= []).Add((account, version));

    internal void AddInsert(object row) => (_inserts ??= []).Add(row);

    internal void AddUpdate(IVersioned row)
    {
        ArgumentNullException.ThrowIfNull(row);
        (_updates ??= []).Add((row, row.Version));
    }

    internal void AddDelete(object row) => (_deletes ??= []).Add(row);

    internal void AddEvent(DomainEvent happened) => (_events ??= []).Add(happened);

    internal DateOnly? NextDay { get; set; }

    internal void AddIfDuplicate(string indexName, Refusal refusal) => (_duplicates ??= []).Add((indexName, refusal));

    /// <summary>
    /// What its caller hears. It runs on a writer's thread, while the batch holds its locks: it computes from what is there and reads nothing.
    /// </summary>
    internal abstract AnswerBytes Answered(Posted posted);

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
            : new InsufficientBalance(account.Type.Name, balance);

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
            if (line.Account.Type.Unit == Unit.Points)
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
