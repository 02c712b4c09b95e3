using System.ComponentModel.DataAnnotations.Schema;

namespace Billing.TopUps.Sales;

/// <summary>What a till sells.</summary>
public enum TopUpKind
{
    /// <summary>在线充值: an amount on offer.</summary>
    Online,

    /// <summary>找零充值: the small change of a purchase.</summary>
    Change,
}

/// <summary>Why a top-up is held back.</summary>
public enum TopUpHold
{
    /// <summary>It is not held back.</summary>
    None,

    /// <summary>The carrier does not answer.</summary>
    CarrierAway,

    /// <summary>The credit with the carrier is used up.</summary>
    CreditUsedUp,

    /// <summary>Outside the carrier's hours.</summary>
    OutsideHours,
}

/// <summary>
/// One top-up of a till's receipt. Its id is its sale's transaction's, and the carrier knows it by that. It is on disk, with its money, before the
/// carrier is told.
/// </summary>
internal sealed class TopUp : IAsked, IDated, ISetRow
{
    public const string RequestIndex = "IX_top_ups_RequestKey";
    public const string ReceiptIndex = "IX_top_ups_Receipt";

    public long Id { get; init; }

    /// <summary>A hash of the caller's key: the same request finds its top-up again.</summary>
    public required string RequestKey { get; init; }

    public TopUpKind Kind { get; init; }

    /// <summary>The carrier that the till chose.</summary>
    public long CarrierId { get; init; }

    /// <summary>The carrier whose credit it took: the one that answered. 0 before.</summary>
    public long CreditedById { get; set; }

    public long BranchId { get; init; }

    public long OperatorId { get; init; }

    public required string TillNumber { get; init; }

    public long ReceiptNumber { get; init; }

    /// <summary>Which top-up of the receipt, from 1.</summary>
    public int ReceiptLine { get; init; }

    /// <summary>The till's date.</summary>
    public DateOnly ReceiptDate { get; init; }

    public required string Phone { get; init; }

    /// <summary>Fen.</summary>
    public long Amount { get; init; }

    public TopUpState State { get; set; }

    public TopUpHold Hold { get; set; }

    /// <summary>The carrier must not begin it later.</summary>
    public DateTime ValidUntil { get; init; }

    /// <summary>When it is taken up again, where it has no end.</summary>
    public DateTime AskAt { get; set; }

    public int Asked { get; set; }

    /// <summary>How often the carrier said, after the validity was over, that it does not know it.</summary>
    public int Unknowns { get; set; }

    public string? CarrierSerial { get; set; }

    /// <summary>The carrier's date of the crediting; the receipt's before.</summary>
    public DateOnly CreditedOn { get; set; }

    /// <summary>Why it failed.</summary>
    public string? FailureCode { get; set; }

    /// <summary>The transaction that ended it.</summary>
    public long? EndedById { get; set; }

    /// <summary>The transaction that gave the money back.</summary>
    public long? RefundId { get; set; }

    /// <summary>The transaction that booked a loss: credited after its money was given back.</summary>
    public long? LossId { get; set; }

    public DateOnly BusinessDate { get; set; }

    public DateTime BookedAt { get; set; }

    public int Version { get; set; }

    [NotMapped]
    public string SerialNumber => Platform.Persistence.SerialNumber.Of(Id);

    [NotMapped]
    public AccountRef InDoubt => new(TopUpAccounts.InDoubt, Id);

    [NotMapped]
    public AccountRef RefundDue => new(TopUpAccounts.RefundDue, BranchId);

    [NotMapped]
    public AccountRef TillClaim => new(TopUpAccounts.TillClaim, BranchId);

    [NotMapped]
    public AccountRef Float => new(TopUpAccounts.CarrierFloat, CreditedById == 0 ? CarrierId : CreditedById);

    internal sealed class Map : IEntityTypeConfiguration<TopUp>
    {
        public void Configure(EntityTypeBuilder<TopUp> builder)
        {
            builder.ToTable("top_ups");
            builder.HasKey(t => t.Id);
            builder.Property(t => t.RequestKey).HasMaxLength(64);
            builder.Property(t => t.TillNumber).HasMaxLength(TopUpLimits.Till);
            builder.Property(t => t.Phone).HasMaxLength(11);
            builder.Property(t => t.CarrierSerial).HasMaxLength(TopUpLimits.Serial);
            builder.Property(t => t.FailureCode).HasMaxLength(TopUpLimits.Serial);
            builder.HasIndex(t => t.RequestKey, RequestIndex).IsUnique();
            builder
                .HasIndex(
                    t => new
                    {
                        t.BranchId,
                        t.ReceiptDate,
                        t.TillNumber,
                        t.ReceiptNumber,
                        t.ReceiptLine,
                    },
                    ReceiptIndex
                )
                .IsUnique();
            builder.HasIndex(t => new { t.State, t.AskAt });
            builder.HasIndex(t => new { t.Phone, t.Id });
            builder.HasIndex(t => new { t.CreditedOn, t.CreditedById });
        }
    }
}

/// <summary>
/// What one number had on one day: the guard of its limits. Two sales to one number meet on this row, and no others (MT-01.9).
/// </summary>
internal sealed class PhoneDay : IVersioned
{
    public const string DayIndex = "IX_top_up_phone_days_Day";

    public long Id { get; init; }

    public required string Phone { get; init; }

    public DateOnly Date { get; init; }

    public int Count { get; set; }

    /// <summary>Fen.</summary>
    public long Amount { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<PhoneDay>
    {
        public void Configure(EntityTypeBuilder<PhoneDay> builder)
        {
            builder.ToTable("top_up_phone_days");
            builder.HasKey(d => d.Id);
            builder.Property(d => d.Phone).HasMaxLength(11);
            builder.HasIndex(d => new { d.Phone, d.Date }, DayIndex).IsUnique();
        }
    }
}
