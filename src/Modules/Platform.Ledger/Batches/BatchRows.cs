using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Platform.Audit;
using Platform.Idempotency;
using Platform.Outbox;

namespace Platform.Ledger.Batches;

/// <summary>
/// The platform's own rows of a batch, ready to be written set by set. The columns stand here by hand, and not in EF's change tracker, because every
/// booking writes them; the start holds them against the model.
/// </summary>
internal sealed class BatchRows
{
    private static readonly Column<Transaction>[] s_heads =
    [
        new Column<Transaction, long>(nameof(Transaction.Id), ColumnType.Int64, t => t.Id),
        new Column<Transaction, string>(nameof(Transaction.Type), ColumnType.Text, t => t.Type),
        new Column<Transaction, long>(nameof(Transaction.BranchId), ColumnType.Int64, t => t.BranchId),
        new Column<Transaction, long>(nameof(Transaction.OperatorId), ColumnType.Int64, t => t.OperatorId),
        new Column<Transaction, long?>(nameof(Transaction.ApproverId), ColumnType.Int64, t => t.ApproverId),
        new Column<Transaction, DateOnly>(nameof(Transaction.BusinessDate), ColumnType.Date, t => t.BusinessDate),
        new Column<Transaction, DateTime>(nameof(Transaction.BookedAt), ColumnType.Instant, t => t.BookedAt),
        new Column<Transaction, long?>(nameof(Transaction.CustomerId), ColumnType.Int64, t => t.CustomerId),
        new Column<Transaction, long?>(nameof(Transaction.CardId), ColumnType.Int64, t => t.CardId),
        new Column<Transaction, long>(nameof(Transaction.Amount), ColumnType.Int64, t => t.Amount),
        new Column<Transaction, long>(nameof(Transaction.Bonus), ColumnType.Int64, t => t.Bonus),
        new Column<Transaction, long>(nameof(Transaction.Points), ColumnType.Int64, t => t.Points),
        new Column<Transaction, long>(nameof(Transaction.Fee), ColumnType.Int64, t => t.Fee),
        new Column<Transaction, long>(nameof(Transaction.Deposit), ColumnType.Int64, t => t.Deposit),
        new Column<Transaction, string?>(nameof(Transaction.PaymentMethod), ColumnType.Text, t => t.PaymentMethod),
        new Column<Transaction, string?>(nameof(Transaction.ReferenceNumber), ColumnType.Text, t => t.ReferenceNumber),
        new Column<Transaction, string?>(nameof(Transaction.Remark), ColumnType.Text, t => t.Remark),
        new Column<Transaction, long?>(nameof(Transaction.CorrectsId), ColumnType.Int64, t => t.CorrectsId),
        new Column<Transaction, string?>(nameof(Transaction.Details), ColumnType.Text, t => t.Details),
    ];

    private static readonly Column<Entry>[] s_entries =
    [
        new Column<Entry, short>(nameof(Entry.Kind), ColumnType.Int16, e => e.Kind),
        new Column<Entry, long>(nameof(Entry.Owner), ColumnType.Int64, e => e.Owner),
        new Column<Entry, long>(nameof(Entry.Sequence), ColumnType.Int64, e => e.Sequence),
        new Column<Entry, long>(nameof(Entry.TransactionId), ColumnType.Int64, e => e.TransactionId),
        new Column<Entry, long>(nameof(Entry.Amount), ColumnType.Int64, e => e.Amount),
        new Column<Entry, long?>(nameof(Entry.BalanceAfter), ColumnType.Int64, e => e.BalanceAfter),
        new Column<Entry, DateOnly>(nameof(Entry.BusinessDate), ColumnType.Date, e => e.BusinessDate),
        new Column<Entry, DateTime>(nameof(Entry.BookedAt), ColumnType.Instant, e => e.BookedAt),
    ];

    private static readonly Column<IdempotencyRecord>[] s_answers =
    [
        new Column<IdempotencyRecord, long>(nameof(IdempotencyRecord.Id), ColumnType.Int64, r => r.Id),
        new Column<IdempotencyRecord, string>(nameof(IdempotencyRecord.Key), ColumnType.Text, r => r.Key),
        new Column<IdempotencyRecord, long>(nameof(IdempotencyRecord.CallerId), ColumnType.Int64, r => r.CallerId),
        new Column<IdempotencyRecord, string>(nameof(IdempotencyRecord.Operation), ColumnType.Text, r => r.Operation),
        new Column<IdempotencyRecord, byte[]>(nameof(IdempotencyRecord.RequestHash), ColumnType.Bytes, r => r.RequestHash),
        new Column<IdempotencyRecord, int>(nameof(IdempotencyRecord.Status), ColumnType.Int32, r => r.Status),
        new Column<IdempotencyRecord, string?>(nameof(IdempotencyRecord.Location), ColumnType.Text, r => r.Location),
        new Column<IdempotencyRecord, byte[]>(nameof(IdempotencyRecord.Body), ColumnType.Bytes, r => r.Body),
        new Column<IdempotencyRecord, DateTime>(nameof(IdempotencyRecord.CreatedAt), ColumnType.Instant, r => r.CreatedAt),
    ];

    private static readonly Column<AuditRecord>[] s_audit =
    [
        new Column<AuditRecord, long>(nameof(AuditRecord.Id), ColumnType.Int64, r => r.Id),
        new Column<AuditRecord, DateTime>(nameof(AuditRecord.At), ColumnType.Instant, r => r.At),
        new Column<AuditRecord, long?>(nameof(AuditRecord.BranchId), ColumnType.Int64, r => r.BranchId),
        new Column<AuditRecord, long?>(nameof(AuditRecord.OperatorId), ColumnType.Int64, r => r.OperatorId),
        new Column<AuditRecord, long?>(nameof(AuditRecord.ApproverId), ColumnType.Int64, r => r.ApproverId),
        new Column<AuditRecord, string>(nameof(AuditRecord.Action), ColumnType.Text, r => r.Action),
        new Column<AuditRecord, string>(nameof(AuditRecord.Subject), ColumnType.Text, r => r.Subject),
        new Column<AuditRecord, string>(nameof(AuditRecord.Outcome), ColumnType.Text, r => r.Outcome),
        new Column<AuditRecord, string?>(nameof(AuditRecord.Detail), ColumnType.Text, r => r.Detail),
        new Column<AuditRecord, int?>(nameof(AuditRecord.Entries), ColumnType.Int32, r => r.Entries),
    ];

    private static readonly Column<OutboxEvent>[] s_events =
    [
        new Column<OutboxEvent, long>(nameof(OutboxEvent.Id), ColumnType.Int64, e => e.Id),
        new Column<OutboxEvent, string>(nameof(OutboxEvent.Name), ColumnType.Text, e => e.Name),
        new Column<OutboxEvent, long>(nameof(OutboxEvent.Key), ColumnType.Int64, e => e.Key),
        new Column<OutboxEvent, string>(nameof(OutboxEvent.Payload), ColumnType.Text, e => e.Payload),
        new Column<OutboxEvent, DateTime>(nameof(OutboxEvent.CreatedAt), ColumnType.Instant, e => e.CreatedAt),
    ];

    private static readonly Column<LockedAccount>[] s_accounts =
    [
        new Column<LockedAccount, short>(nameof(Account.Kind), ColumnType.Int16, a => a.Key.Kind),
        new Column<LockedAccount, long>(nameof(Account.Owner), ColumnType.Int64, a => a.Key.Owner),
        new Column<LockedAccount, long>(nameof(Account.Balance), ColumnType.Int64, a => a.Balance),
        new Column<LockedAccount, int>(nameof(Account.Version), ColumnType.Int32, a => a.Version),
    ];

    private Dictionary<Type, RowSet>? _slices;

    public RowSet<Transaction> Heads { get; } = new("transactions", s_heads);

    public RowSet<Entry> Entries { get; } = new("entries", s_entries);

    public RowSet<IdempotencyRecord> Answers { get; } = new("idempotency_records", s_answers);

    public RowSet<AuditRecord> Audit { get; } = new("audit_records", s_audit);

    public RowSet<OutboxEvent> Events { get; } = new("outbox_events", s_events);

    /// <summary>Accounts moved for the first time.</summary>
    public RowSet<LockedAccount> Opened { get; } = new("accounts", s_accounts);

    /// <summary>Accounts that were there, with their new balances; written only where the version is still the one that was read.</summary>
    public List<LockedAccount> Moved { get; } = [];

    /// <summary>
    /// Holds the columns above against the model: a column that nobody writes would be found at month's end. Throws at the start instead.
    /// </summary>
    public static void MustMatch(IModel model)
    {
        foreach (var set in new BatchRows().Inserts)
        {
            var entity = model.GetEntityTypes().Single(e => e.GetTableName() == set.Table);
            var written = Enumerable.Range(0, set.Columns).Select(set.Name).Order(StringComparer.Ordinal);
            var there = entity.GetProperties().Select(c => c.GetColumnName()).Order(StringComparer.Ordinal);
            if (!written.SequenceEqual(there, StringComparer.Ordinal))
            {
                throw new InvalidOperationException($"The columns of {set.Table} that Books writes are not those of the model.");
            }
        }

        foreach (var entity in model.GetEntityTypes().Where(e => typeof(ISetRow).IsAssignableFrom(e.ClrType)))
        {
            SetRows.New(model, entity.ClrType);
        }
    }

    /// <summary>What is inserted, in the order it is written.</summary>
    public IReadOnlyList<RowSet> Inserts =>
        _slices is null
            ? [Opened, Heads, Entries, Answers, Audit, Events]
            : [Opened, Heads, Entries, Answers, Audit, Events, .. _slices.Values];

    /// <summary>Adds a row of a slice's own table.</summary>
    public void Add(IModel model, ISetRow row)
    {
        _slices ??= [];
        if (!_slices.TryGetValue(row.GetType(), out var set))
        {
            _slices[row.GetType()] = set = SetRows.New(model, row.GetType());
        }

        set.AddRow(row);
    }
}
