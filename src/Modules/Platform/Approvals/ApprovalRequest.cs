using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Persistence;
using Platform.Problems;
using Platform.Requests;

namespace Platform.Approvals;

/// <summary>The state of an approval request.</summary>
public enum ApprovalRequestState
{
    /// <summary>Not decided yet.</summary>
    Waiting,

    /// <summary>Approved. The token is valid for two minutes.</summary>
    Granted,

    /// <summary>Refused.</summary>
    Refused,

    /// <summary>Expired without a decision.</summary>
    Expired,
}

/// <summary>
/// A request that was refused for want of an approval, kept so that an approver sees in words what he approves (PL-02.6). Only such a request can be
/// approved. The request itself is not kept: the digest binds it, and <see cref="Fields"/> shows it with personal data masked.
/// </summary>
public sealed class ApprovalRequest : IVersioned
{
    /// <summary>How long somebody may take to decide.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    /// <summary>How long one that is over is still shown; then housekeeping removes it.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    /// <summary>Waiting requests of one operator; more would only bury the approvers.</summary>
    public const int MostWaiting = 20;

    internal const int TextLength = 4_000;

    public long Id { get; init; }

    public ApprovalRequestState State { get; set; }

    public required string Action { get; init; }

    public required string TitleEn { get; init; }

    public required string TitleZh { get; init; }

    /// <summary>The digest of the request: method, path with query, and body.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>Method and path with query.</summary>
    public required string Target { get; init; }

    public long BranchId { get; init; }

    public long RequesterId { get; init; }

    public string? CustomerCode { get; init; }

    public string? CustomerName { get; init; }

    public string? CardNumber { get; init; }

    /// <summary>Fen.</summary>
    public long? Amount { get; init; }

    /// <summary>JSON of <see cref="ApprovalFact"/>s.</summary>
    public required string Facts { get; init; }

    /// <summary>JSON of <see cref="RequestField"/>s: the body, personal data masked.</summary>
    public required string Fields { get; init; }

    /// <summary>Names of the rights that the approver must have beside <c>approve</c>, between spaces.</summary>
    public required string ApproverRights { get; init; }

    public DateTime ExpiresAt { get; init; }

    public DateTime? DecidedAt { get; set; }

    public long? ApproverId { get; set; }

    /// <summary>The reason for the refusal.</summary>
    public string? Reason { get; set; }

    /// <summary>
    /// The token of an approval given at the approver's own desk, for the requester's front end to fetch. It may stand here whole, since it opens
    /// nothing without the requester's session, and ends within two minutes.
    /// </summary>
    public string? Token { get; set; }

    public DateTime? TokenExpiresAt { get; set; }

    public int Version { get; set; }

    public DateTime AskedAt => Ids.TimeOf(Id).UtcDateTime;

    public IReadOnlyList<string> RightsOfApprover => ApproverRights.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Marks the request as granted in the row itself, as this one says: of two that race, one finds it decided.</summary>
    public async Task<bool> Grant(AppDb db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        var (id, approver, at) = (Id, ApproverId, DecidedAt);
        return await db.Set<ApprovalRequest>()
                .Where(r => r.Id == id && r.State == ApprovalRequestState.Waiting)
                .ExecuteUpdateAsync(
                    u =>
                        u.SetProperty(r => r.State, ApprovalRequestState.Granted)
                            .SetProperty(r => r.ApproverId, approver)
                            .SetProperty(r => r.DecidedAt, at)
                            .SetProperty(r => r.Version, r => r.Version + 1),
                    ct
                ) == 1;
    }

    internal sealed class Map : IEntityTypeConfiguration<ApprovalRequest>
    {
        public void Configure(EntityTypeBuilder<ApprovalRequest> builder)
        {
            builder.ToTable("approval_requests");
            builder.HasKey(r => r.Id);
            builder.Property(r => r.Action).HasMaxLength(60);
            builder.Property(r => r.Digest).HasMaxLength(32);
            builder.Property(r => r.Target).HasMaxLength(TextLength);
            builder.Property(r => r.Facts).HasMaxLength(TextLength);
            builder.Property(r => r.Fields).HasMaxLength(TextLength);
            builder.Property(r => r.ApproverRights).HasMaxLength(TextLength);
            builder.Ignore(r => r.AskedAt);
            builder.Ignore(r => r.RightsOfApprover);
            builder.HasIndex(r => new { r.RequesterId, r.ExpiresAt });
            builder.HasIndex(r => new { r.BranchId, r.ExpiresAt });
        }
    }
}

/// <summary>Somebody has decided on it already.</summary>
/// <param name="State">What was decided.</param>
public sealed record ApprovalRequestDecided(ApprovalRequestState State)
    : Refusal("approval-request-decided", 409, "This approval request is already decided.", "该复核申请已处理。");

public sealed record ApprovalRequestExpired()
    : Refusal(
        "approval-request-expired",
        409,
        "This approval request has expired. The requester must ask again.",
        "该复核申请已过期，请重新发起。"
    );

/// <param name="WaitSeconds">Until the oldest one ends.</param>
public sealed record TooManyApprovalRequests(int WaitSeconds)
    : Refusal(
        "too-many-approval-requests",
        429,
        "Too many of your requests await approval. Get them decided, or wait.",
        "本人待复核的申请过多，请先处理或稍候。"
    )
{
    public override bool Retryable => true;

    public override int? RetryAfterSeconds => WaitSeconds;
}
