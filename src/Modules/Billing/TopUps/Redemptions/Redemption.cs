using System.ComponentModel.DataAnnotations.Schema;

namespace Billing.TopUps.Redemptions;

/// <summary>What is redeemed.</summary>
public enum RedemptionKind
{
    /// <summary>积分: points of the carrier.</summary>
    Points,

    /// <summary>赠券: a coupon of the carrier.</summary>
    Coupon,
}

/// <summary>赠券状态: the state of a redemption.</summary>
public enum RedemptionState
{
    /// <summary>The code is being checked, or its check had no answer. It counts nowhere.</summary>
    Checking,

    /// <summary>认证成功: the code is right; the sale went on or was abandoned; nothing is redeemed.</summary>
    Authenticated,

    /// <summary>认证失败: the code is wrong.</summary>
    AuthenticationFailed,

    /// <summary>兑换充正: the receipt about to be printed was cancelled; released.</summary>
    Undone,

    /// <summary>兑换确认: the receipt was printed; redeemed.</summary>
    Confirmed,
}

/// <summary>What the carrier is still to be told.</summary>
internal enum RedemptionAdvice
{
    None,

    /// <summary>That the receipt was printed.</summary>
    Confirm,

    /// <summary>That the code is free again.</summary>
    Undo,
}

/// <summary>The states as one table (MT-02.1, MT-02.2): a confirmed one is not undone, and a released one is never confirmed.</summary>
internal static class RedemptionStates
{
    public static readonly IReadOnlyList<(RedemptionState From, RedemptionState To, RedemptionAdvice Advice)> Table =
    [
        (RedemptionState.Checking, RedemptionState.Authenticated, RedemptionAdvice.None),
        (RedemptionState.Checking, RedemptionState.AuthenticationFailed, RedemptionAdvice.None),
        (RedemptionState.Checking, RedemptionState.Checking, RedemptionAdvice.Undo),
        (RedemptionState.Authenticated, RedemptionState.Authenticated, RedemptionAdvice.Undo),
        (RedemptionState.Authenticated, RedemptionState.Confirmed, RedemptionAdvice.Confirm),
        (RedemptionState.Authenticated, RedemptionState.Undone, RedemptionAdvice.Undo),
    ];

    public static RedemptionAdvice? Advice(RedemptionState from, RedemptionState to) =>
        Table.Where(r => r.From == from && r.To == to).Select(r => (RedemptionAdvice?)r.Advice).SingleOrDefault();

    public static string Zh(RedemptionState state) =>
        state switch
        {
            RedemptionState.Authenticated => "认证成功",
            RedemptionState.AuthenticationFailed => "认证失败",
            RedemptionState.Undone => "兑换充正",
            RedemptionState.Confirmed => "兑换确认",
            _ => "认证中",
        };
}

/// <summary>
/// A redemption of points or of a coupon. The carrier knows it by its id. Of the code only the first eleven characters and a keyed hash are kept
/// (MT-02.4).
/// </summary>
internal sealed class Redemption : IAsked, IDated
{
    public const string RequestIndex = "IX_redemptions_RequestKey";

    /// <summary>Never: nothing is left to do.</summary>
    public static readonly DateTime Never = new(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public long Id { get; init; }

    public required string RequestKey { get; init; }

    public RedemptionKind Kind { get; init; }

    public long BranchId { get; init; }

    public long OperatorId { get; init; }

    public required string TillNumber { get; init; }

    public DateOnly ReceiptDate { get; init; }

    /// <summary>The first eleven characters of the code.</summary>
    public required string CodeHead { get; init; }

    public required byte[] CodeHash { get; init; }

    /// <summary>Fen that the code is worth; 0 before it is authenticated.</summary>
    public long Amount { get; set; }

    public RedemptionState State { get; set; }

    /// <summary>The receipt that was printed.</summary>
    public long? ReceiptNumber { get; set; }

    /// <summary>When the code was let go without a receipt.</summary>
    public DateTime? ReleasedAt { get; set; }

    public RedemptionAdvice Advice { get; set; }

    /// <summary>When it is taken up again: an advice, a release, a check that nobody ended.</summary>
    public DateTime AskAt { get; set; }

    public int Asked { get; set; }

    /// <summary>Why the carrier refused an advice: a person must look at it.</summary>
    public string? RefusedAdvice { get; set; }

    public DateOnly BusinessDate { get; set; }

    public DateTime BookedAt { get; set; }

    public int Version { get; set; }

    [NotMapped]
    public string SerialNumber => Platform.Persistence.SerialNumber.Of(Id);

    internal sealed class Map : IEntityTypeConfiguration<Redemption>
    {
        public void Configure(EntityTypeBuilder<Redemption> builder)
        {
            builder.ToTable("redemptions");
            builder.HasKey(r => r.Id);
            builder.Property(r => r.RequestKey).HasMaxLength(64);
            builder.Property(r => r.TillNumber).HasMaxLength(TopUpLimits.Till);
            builder.Property(r => r.CodeHead).HasMaxLength(RedemptionCodes.Head);
            builder.Property(r => r.CodeHash).HasMaxLength(32);
            builder.Property(r => r.RefusedAdvice).HasMaxLength(TopUpLimits.Serial);
            builder.HasIndex(r => r.RequestKey, RequestIndex).IsUnique();
            builder.HasIndex(r => r.AskAt);
            builder.HasIndex(r => r.CodeHead);
            builder.HasIndex(r => new
            {
                r.BranchId,
                r.ReceiptDate,
                r.Id,
            });
        }
    }
}

/// <summary>How often a till sent a wrong code in a row; the guard against guessing (MT-02.4).</summary>
internal sealed class RedemptionTill : IVersioned
{
    public const string TillIndex = "IX_redemption_tills_Till";

    /// <summary>Wrong codes in a row that stop a till.</summary>
    public const int Most = 5;

    public long Id { get; init; }

    public long BranchId { get; init; }

    public required string TillNumber { get; init; }

    /// <summary>Codes in a row that were not right, with those whose check is under way.</summary>
    public int Wrong { get; set; }

    /// <summary>Ticks; 0 where it is not stopped.</summary>
    public long StoppedUntil { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<RedemptionTill>
    {
        public void Configure(EntityTypeBuilder<RedemptionTill> builder)
        {
            builder.ToTable("redemption_tills");
            builder.HasKey(t => t.Id);
            builder.Property(t => t.TillNumber).HasMaxLength(TopUpLimits.Till);
            builder.HasIndex(t => new { t.BranchId, t.TillNumber }, TillIndex).IsUnique();
        }
    }
}
