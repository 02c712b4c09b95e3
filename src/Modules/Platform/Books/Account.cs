using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform;

/// <summary>The unit of an account: money in fen, or loyalty points.</summary>
public enum Unit
{
    /// <summary>分: a hundredth of a yuan.</summary>
    Fen,

    /// <summary>积分.</summary>
    Points,
}

/// <summary>
/// The kinds of account. The numbers are stored and never change. Credits are positive. Credits increase liabilities (quota, deposit), and
/// debits increase assets (drawer, bank). An asset therefore has a negative balance.
/// </summary>
public enum AccountKind : short
{
    /// <summary>额度账: the customer's money, not yet given to a card. Owner: customer.</summary>
    Quota = 1,

    /// <summary>备付金账: set aside for one card, waiting to be loaded. Owner: card.</summary>
    Reserve = 2,

    /// <summary>卡账: the system's record of the purse on the chip. Owner: card.</summary>
    Card = 3,

    /// <summary>Money in transit between books and chip during a card operation. Owner: card.</summary>
    InTransit = 4,

    /// <summary>押金. Owner: card.</summary>
    Deposit = 5,

    /// <summary>
    /// Bonus on top of a customer's payments. The refundable balance is the quota balance minus the remaining bonus. Owner: customer.
    /// </summary>
    Bonus = 6,

    /// <summary>The remaining amount of a customer's cheque. Owner: cheque.</summary>
    Cheque = 8,

    /// <summary>
    /// The money that a released recharge list reserves for lines that are not posted yet. Owner: the list. Nothing else may spend it.
    /// </summary>
    RechargeList = 7,

    /// <summary>The customer's debt for a used cheque that bounced, at or below zero. Owner: customer.</summary>
    Claim = 9,

    /// <summary>额度积分. Owner: customer.</summary>
    QuotaPoints = 11,

    /// <summary>备付积分. Owner: card.</summary>
    ReservePoints = 12,

    /// <summary>卡积分: the record of the points on the chip. Owner: card.</summary>
    CardPoints = 13,

    /// <summary>Points in transit between books and chip during a card operation. Owner: card.</summary>
    PointsInTransit = 14,

    /// <summary>Points handed out (the other side of every point). Owner: branch.</summary>
    PointsIssued = 15,

    /// <summary>Cash drawer. Owner: operator.</summary>
    Drawer = 21,

    /// <summary>Bank account for transfers. Owner: branch.</summary>
    Bank = 22,

    /// <summary>Bank-card payments on their way from the acquirer. Owner: branch.</summary>
    BankCard = 23,

    /// <summary>Recharge vouchers taken in. Owner: branch.</summary>
    Voucher = 24,

    /// <summary>Customers' debts for collections on credit. Owner: branch.</summary>
    Receivable = 25,

    /// <summary>The branch's safe, into which counted drawers are emptied at day-end. Owner: branch.</summary>
    Vault = 26,

    /// <summary>Cheques received. Owner: branch.</summary>
    Cheques = 27,

    /// <summary>Fee income. Owner: branch.</summary>
    FeeIncome = 31,

    /// <summary>Cash counted and not booked. Owner: branch.</summary>
    Surplus = 32,

    /// <summary>Cash booked and not counted. Owner: branch.</summary>
    Shortage = 33,

    /// <summary>Debts to stations for consumption. Owner: the station, its code as a number.</summary>
    Consumption = 34,
}

/// <summary>An account by its kind and its owner's id: no look-up is needed to name one.</summary>
public readonly record struct AccountRef(AccountKind Kind, long Owner) : IComparable<AccountRef>
{
    public Unit Unit => Kind is >= AccountKind.QuotaPoints and <= AccountKind.PointsIssued ? Unit.Points : Unit.Fen;

    /// <summary>
    /// Customer-side accounts keep a running balance, so that it can be guarded; internal ones keep none, so that no two bookings meet on one row.
    /// </summary>
    public bool KeepsBalance => Kind < AccountKind.PointsIssued;

    /// <summary>May the balance not go below zero (PL-03.3)? A bonus account and a claim are always below it.</summary>
    public bool IsGuarded => KeepsBalance && Kind is not (AccountKind.Bonus or AccountKind.Claim);

    public int CompareTo(AccountRef other) => Kind != other.Kind ? Kind.CompareTo(other.Kind) : Owner.CompareTo(other.Owner);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}:{Owner}");

    public static bool operator <(AccountRef left, AccountRef right) => left.CompareTo(right) < 0;

    public static bool operator >(AccountRef left, AccountRef right) => left.CompareTo(right) > 0;

    public static bool operator <=(AccountRef left, AccountRef right) => left.CompareTo(right) <= 0;

    public static bool operator >=(AccountRef left, AccountRef right) => left.CompareTo(right) >= 0;
}

/// <summary>A customer-side account's running balance. Written by <see cref="Books"/> alone.</summary>
public sealed class Account : IVersioned
{
    public AccountKind Kind { get; init; }

    public long Owner { get; init; }

    /// <summary>In the kind's unit, credit positive.</summary>
    public long Balance { get; internal set; }

    /// <summary>The sequence of the account's last entry.</summary>
    public int Version { get; set; }

    public AccountRef Ref => new(Kind, Owner);

    internal sealed class Map : IEntityTypeConfiguration<Account>
    {
        public void Configure(EntityTypeBuilder<Account> builder)
        {
            builder.ToTable("accounts");
            builder.HasKey(a => new { a.Kind, a.Owner });
            // A customer's page asks for all accounts of some owners.
            builder.HasIndex(a => a.Owner);
            builder.Property(a => a.Kind).HasConversion<short>();
            builder.Ignore(a => a.Ref);
        }
    }
}

/// <summary>Balances as they are when they are read: to show, and to refuse early. Only Books, under lock, can say that money is there.</summary>
public static class Balances
{
    /// <summary>0 for an account that nothing was booked to.</summary>
    public static Task<long> Balance(this AppDb db, AccountRef account, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Set<Account>()
            .Where(a => a.Kind == account.Kind && a.Owner == account.Owner)
            .Select(a => a.Balance)
            .SingleOrDefaultAsync(ct);
    }

    /// <summary>All accounts of one owner.</summary>
    public static Task<Dictionary<AccountKind, long>> BalancesOf(this AppDb db, long owner, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Set<Account>().Where(a => a.Owner == owner).ToDictionaryAsync(a => a.Kind, a => a.Balance, ct);
    }
}

/// <summary>One side of a booked transaction. Never changed, never deleted (PL-03.5).</summary>
public sealed class Entry : IDated
{
    public AccountKind Kind { get; init; }

    public long Owner { get; init; }

    /// <summary>
    /// For accounts with a running balance 1, 2, 3, … without gaps, which the unique key holds; for internal ones the transaction's id.
    /// </summary>
    public long Sequence { get; init; }

    public long TransactionId { get; init; }

    /// <summary>Credit positive; a transaction's amounts are zero together, in each unit.</summary>
    public long Amount { get; init; }

    /// <summary>The account's balance after this entry; null for internal accounts.</summary>
    public long? BalanceAfter { get; init; }

    public DateOnly BusinessDate { get; set; }

    public DateTime BookedAt { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<Entry>
    {
        public void Configure(EntityTypeBuilder<Entry> builder)
        {
            builder.ToTable("entries");
            builder.HasKey(e => new
            {
                e.Kind,
                e.Owner,
                e.Sequence,
            });
            builder.Property(e => e.Kind).HasConversion<short>();
            builder.HasIndex(e => e.TransactionId);
        }
    }
}
