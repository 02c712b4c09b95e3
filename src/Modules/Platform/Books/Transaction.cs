using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform;

/// <summary>The payment method (收款方式).</summary>
public enum PaymentMethod
{
    /// <summary>现金.</summary>
    Cash,

    /// <summary>银行卡.</summary>
    BankCard,

    /// <summary>支票: one of the customer's usable cheques.</summary>
    Cheque,

    /// <summary>转账.</summary>
    Transfer,

    /// <summary>充值券: a recharge voucher.</summary>
    Voucher,

    /// <summary>赊销: on credit, to be paid later.</summary>
    Credit,
}

/// <summary>
/// The head of a booked transaction: what it was, where, when, by whom. Its id is its serial number (<see cref="SerialNumber"/>). Never changed; a
/// correction is another transaction that names this one, and the unique index on <see cref="CorrectsId"/> lets it be corrected once (PL-03.5).
/// </summary>
public sealed class Transaction : IDated
{
    public const string CorrectsIndex = "IX_transactions_CorrectsId";

    public Transaction(long id, string type, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        (Id, Type) = (id, type);
        (BranchId, OperatorId, ApproverId) = actor;
    }

    private Transaction() => Type = ""; // For EF Core.

    public long Id { get; private init; }

    /// <summary>A stable name, such as <c>collection</c> or <c>load</c>; see <see cref="TransactionTypes"/>.</summary>
    public string Type { get; private init; }

    public long BranchId { get; private init; }

    public long OperatorId { get; private init; }

    public long? ApproverId { get; private init; }

    public DateOnly BusinessDate { get; set; }

    public DateTime BookedAt { get; set; }

    public long? CustomerId { get; init; }

    public long? CardId { get; init; }

    /// <summary>Fen: what the document names as its amount.</summary>
    public long Amount { get; init; }

    /// <summary>Fen of bonus given or taken with it.</summary>
    public long Bonus { get; init; }

    /// <summary>Points given or taken with it.</summary>
    public long Points { get; init; }

    /// <summary>Fen of fees taken with it (card cost fee, service fee).</summary>
    public long Fee { get; init; }

    /// <summary>Fen of deposit taken with it.</summary>
    public long Deposit { get; init; }

    public PaymentMethod? PaymentMethod { get; init; }

    public string? ReferenceNumber { get; init; }

    public string? Remark { get; init; }

    /// <summary>The transaction that this one corrects.</summary>
    public long? CorrectsId { get; init; }

    /// <summary>What else the type of transaction must remember, as JSON of the type's own record; at most 4,000 characters.</summary>
    public string? Details { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Transaction>
    {
        public void Configure(EntityTypeBuilder<Transaction> builder)
        {
            builder.ToTable("transactions");
            builder.HasKey(t => t.Id);
            builder.Property(t => t.Type).HasMaxLength(30);
            builder.Property(t => t.ReferenceNumber).HasMaxLength(40);
            builder.Property(t => t.Details).HasMaxLength(4000);
            builder.HasIndex(t => t.CorrectsId, CorrectsIndex).IsUnique().HasFilter("\"CorrectsId\" IS NOT NULL");
            builder.HasIndex(t => new { t.BranchId, t.BusinessDate });
            // Statements: by customer or card, then by date, read from any place on without a look at what was before (FC-43.2).
            builder.HasIndex(t => new
            {
                t.CustomerId,
                t.BusinessDate,
                t.Id,
            });
            builder
                .HasIndex(t => new
                {
                    t.CardId,
                    t.BusinessDate,
                    t.Id,
                })
                .HasFilter("\"CardId\" IS NOT NULL");
        }
    }
}

/// <summary>The stable names of transactions.</summary>
public static class TransactionTypes
{
    public const string Collection = "collection";
    public const string VoidCollection = "void";
    public const string Reversal = "reversal";
    public const string Issue = "issue";
    public const string IssueFeesHeld = "issue-fees-held";
    public const string IssueFeesReleased = "issue-fees-released";
    public const string SubCardBatch = "sub-card-batch";
    public const string Allocation = "allocation";
    public const string Return = "return";
    public const string LoadAuthorised = "load-authorised";
    public const string Load = "load";
    public const string LoadReleased = "load-released";
    public const string PointsLoadAuthorised = "points-authorised";
    public const string PointsLoad = "points-load";
    public const string PointsLoadReleased = "points-released";
    public const string ChequeReceived = "cheque-received";
    public const string ChequeCleared = "cheque-cleared";
    public const string ChequeBounced = "cheque-bounced";

    /// <summary>Money received for what a bounced cheque left owed (FC-33.1), and that payment taken back.</summary>
    public const string ClaimPayment = "claim-payment";
    public const string ClaimPaymentVoid = "claim-payment-void";
    public const string DayEnd = "day-end";

    /// <summary>A payment that goes to a card: into its reserve account first, and from there onto the chip (FC-09.7, FC-16).</summary>
    public const string Recharge = "recharge";

    /// <summary>From the purse to the quota account.</summary>
    public const string Unload = "unload";

    /// <summary>A purchase at a station, taken from the card's account when its record comes (FC-39).</summary>
    public const string Consumption = "consumption";

    /// <summary>The fee of a card that takes the place of another (FC-36).</summary>
    public const string Replacement = "replacement";

    /// <summary>What was left on a replaced card, moved to the new one after the waiting time (FC-36.3).</summary>
    public const string BalanceTransfer = "balance-transfer";

    /// <summary>One line of a recharge list, from the list's account into a customer's quota account (FC-22.2).</summary>
    public const string BatchRecharge = "batch-recharge";

    /// <summary>A recharge list was handed in; no money moves (FC-20.1).</summary>
    public const string RechargeListSubmitted = "recharge-list-submitted";

    /// <summary>A recharge list was taken back before its review; no money moves (FC-21.1).</summary>
    public const string RechargeListVoided = "recharge-list-voided";

    /// <summary>A reviewed list's money, from the unit's quota account into the list's account (FC-22.1).</summary>
    public const string RechargeListReleased = "recharge-list-released";

    /// <summary>What a list's lines did not use, back to the unit (FC-22.2).</summary>
    public const string RechargeListFinished = "recharge-list-finished";

    /// <summary>The result of a list was taken; no money moves (FC-23.1).</summary>
    public const string RechargeListRetrieved = "recharge-list-retrieved";
}

/// <summary>A branch's open business date: one row per branch, held by every booking, moved on by day-end (PL-04).</summary>
public sealed class BranchDay : IVersioned
{
    public long BranchId { get; init; }

    public DateOnly BusinessDate { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<BranchDay>
    {
        public void Configure(EntityTypeBuilder<BranchDay> builder)
        {
            builder.ToTable("branch_days");
            builder.HasKey(d => d.BranchId);
        }
    }
}
